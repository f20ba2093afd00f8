import { LightningElement, api } from 'lwc';
import { DEAL_KINDS, dealKind } from 'c/cosellRecord';
import type { CosellRecord, DealKind } from 'c/cosellRecord';
import TITLE from '@salesforce/label/c.Cosell_Kind_Title';
import PRIVATE from '@salesforce/label/c.Cosell_Kind_Private';
import PRIVATE_TEXT from '@salesforce/label/c.Cosell_Kind_Private_Text';
import PRIVATE_NEXT from '@salesforce/label/c.Cosell_Kind_Private_Next';
import PARTNER_LED from '@salesforce/label/c.Cosell_Kind_PartnerLed';
import PARTNER_LED_TEXT from '@salesforce/label/c.Cosell_Kind_PartnerLed_Text';
import PARTNER_LED_NEXT from '@salesforce/label/c.Cosell_Kind_PartnerLed_Next';
import COSELL from '@salesforce/label/c.Cosell_Kind_Cosell';
import COSELL_TEXT from '@salesforce/label/c.Cosell_Kind_Cosell_Text';

const TEXTS: Readonly<Record<DealKind, { label: string; text: string; next: string }>> = {
  Private: { label: PRIVATE, text: PRIVATE_TEXT, next: PRIVATE_NEXT },
  PartnerLed: { label: PARTNER_LED, text: PARTNER_LED_TEXT, next: PARTNER_LED_NEXT },
  Cosell: { label: COSELL, text: COSELL_TEXT, next: '' }
};

interface Step {
  name: DealKind;
  label: string;
  isCurrent: boolean;
  current: 'step' | null;
  itemClass: string;
}

/** Which kind of deal this is, who sees it, and what would make more of it: a deal can only be upgraded. */
export default class CosellDealKind extends LightningElement {
  /** The record with edits on their way. */
  @api record: CosellRecord | undefined;
  label = { TITLE };

  private get kind(): DealKind {
    return this.record ? dealKind(this.record) : 'Private';
  }

  get kinds(): Step[] {
    return DEAL_KINDS.map((name) => {
      const isCurrent = name === this.kind;
      return {
        name,
        label: TEXTS[name].label,
        isCurrent,
        current: isCurrent ? 'step' : null,
        itemClass: isCurrent ? 'kind' : 'kind slds-text-color_weak'
      };
    });
  }

  get text(): string {
    return TEXTS[this.kind].text;
  }

  get next(): string {
    return this.record?.state === 'Closed' ? '' : TEXTS[this.kind].next;
  }
}
