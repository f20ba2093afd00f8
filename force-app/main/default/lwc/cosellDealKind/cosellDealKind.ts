import { LightningElement, api } from 'lwc';
import { DEAL_KINDS, dealKind, isIncoming, takesDefaultKind } from 'c/cosellRecord';
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
import COSELL_JOINED from '@salesforce/label/c.Cosell_Kind_Cosell_Joined';
import COSELL_LEFT from '@salesforce/label/c.Cosell_Kind_Cosell_Left';
import DEFAULT_PARTNER_LED from '@salesforce/label/c.Cosell_Kind_Default_PartnerLed';
import DEFAULT_COSELL from '@salesforce/label/c.Cosell_Kind_Default_Cosell';

const TEXTS: Readonly<Record<DealKind, { label: string; text: string; next: string }>> = {
  Private: { label: PRIVATE, text: PRIVATE_TEXT, next: PRIVATE_NEXT },
  PartnerLed: { label: PARTNER_LED, text: PARTNER_LED_TEXT, next: PARTNER_LED_NEXT },
  Cosell: { label: COSELL, text: COSELL_TEXT, next: '' }
};

/** What follows from the kind of new deals, where the rep chose nothing. */
const BY_DEFAULT: Readonly<Partial<Record<DealKind, string>>> = {
  PartnerLed: DEFAULT_PARTNER_LED,
  Cosell: DEFAULT_COSELL
};

/** Microsoft's part in the deal, by the status of its referral; asked until it answers. */
const MICROSOFTS_PART: Readonly<Record<string, string>> = { Active: COSELL_JOINED, Closed: COSELL_LEFT };

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
  /** Kind of a new deal for which the rep chose nothing. */
  @api kindByDefault: DealKind = 'Private';
  label = { TITLE };

  private get kind(): DealKind {
    return this.record ? dealKind(this.record, this.kindByDefault) : 'Private';
  }

  private get isOver(): boolean {
    return this.record?.state === 'Closed';
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

  /** Empty where the section says more: an offer has a card of its own, and what is closed is history. */
  get text(): string {
    if (!this.record || this.isOver || isIncoming(this.record)) return '';
    const byDefault = takesDefaultKind(this.record) ? BY_DEFAULT[this.kindByDefault] : undefined;
    const part = this.kind === 'Cosell' ? MICROSOFTS_PART[this.record.microsoftStatus] : undefined;
    return byDefault ?? part ?? TEXTS[this.kind].text;
  }

  get next(): string {
    return this.isOver ? '' : TEXTS[this.kind].next;
  }
}
