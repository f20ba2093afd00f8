import { LightningElement, api, wire } from 'lwc';
import { updateRecord } from 'lightning/uiRecordApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo, PicklistValues } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import type { CosellRecord } from 'c/cosellRecord';
import { reduceErrors } from 'c/ldsUtils';
import { stagesFrom } from './stages';
import type { Choice } from './stages';
import { stepOf } from './steps';
import type { Answer, Step } from './steps';
import OPPORTUNITY from '@salesforce/schema/Opportunity';
import STAGE from '@salesforce/schema/Opportunity.StageName';
import REASON from '@salesforce/schema/Opportunity.Referral_Decline_Reason__c';
import TITLE from '@salesforce/label/c.Cosell_Incoming_Question';
import FROM_MICROSOFT from '@salesforce/label/c.Cosell_Incoming_From_Microsoft';
import FROM_PARTNER from '@salesforce/label/c.Cosell_Incoming_From_Partner';
import ANSWER_BEFORE from '@salesforce/label/c.Cosell_Incoming_Answer_Before';
import NO_ACCESS from '@salesforce/label/c.Cosell_Incoming_No_Access';
import ACCEPT from '@salesforce/label/c.Cosell_Incoming_Accept';
import ACCEPTED from '@salesforce/label/c.Cosell_Incoming_Accepted';
import DECLINE from '@salesforce/label/c.Cosell_Incoming_Decline';
import DECLINED from '@salesforce/label/c.Cosell_Incoming_Declined';
import CANCEL from '@salesforce/label/c.Cosell_Cancel';
import SAVE_FAILED from '@salesforce/label/c.Cosell_Save_Failed';

interface Focusable extends HTMLElement {
  reportValidity(): boolean;
}

/**
 * Accept or decline a deal that somebody else offers. Accepting leaves the stage on which the deal waits; declining closes
 * it as lost with a reason. Sends `change` after an answer.
 */
export default class CosellIncoming extends LightningElement {
  @api record: CosellRecord | undefined;
  @api recordId: string | undefined;
  @api recordTypeId: string | undefined;
  label = { TITLE, ANSWER_BEFORE, NO_ACCESS, ACCEPT, DECLINE, CANCEL };
  step: Step | undefined;
  chosen = '';
  /** What was answered, until the record no longer waits; empty before. */
  answered = '';
  isSaving = false;
  mayAnswer: boolean | undefined;
  private stages: PicklistValues | undefined;
  private reasons: readonly Choice[] = [];
  private focusNext = '';

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: STAGE })
  wiredStages({ data }: WireResult<PicklistValues>): void {
    if (data) this.stages = data;
  }

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: REASON })
  wiredReasons({ data }: WireResult<PicklistValues>): void {
    if (data) this.reasons = data.values.map(({ label, value }) => ({ label, value }));
  }

  @wire(getObjectInfo, { objectApiName: OPPORTUNITY })
  wiredInfo({ data }: WireResult<ObjectInfo>): void {
    if (data) this.mayAnswer = data.updateable && !!data.fields[STAGE.fieldApiName]?.updateable;
  }

  get introduction(): string {
    return this.record?.origin === 'Partner' ? FROM_PARTNER : FROM_MICROSOFT;
  }

  get expires(): string | undefined {
    return this.record?.expiresOn || undefined;
  }

  get isBlocked(): boolean {
    return this.mayAnswer === false;
  }

  get offersChoice(): boolean {
    return this.mayAnswer === true && !this.step && this.answered === '' && this.stages !== undefined;
  }

  /** The controls change places; without this the keyboard focus would fall back to the top of the page. */
  override renderedCallback(): void {
    if (this.focusNext === '') return;
    this.template?.querySelector<HTMLElement>(this.focusNext)?.focus();
    this.focusNext = '';
  }

  handleChoice(event: Event): void {
    const answer = (event.target as HTMLElement).dataset.action as Answer;
    const { open } = this.stagesNow;
    this.step = stepOf(answer, answer === 'accept' ? open : this.reasons);
    this.chosen = answer === 'accept' ? (open[0]?.value ?? '') : '';
    this.focusNext = 'lightning-combobox';
  }

  handleValue(event: CustomEvent<{ value: string }>): void {
    // It bubbles, and the section takes a change from here for an answer.
    event.stopPropagation();
    this.chosen = event.detail.value;
    // Takes the complaint away now: when the field loses the focus the buttons would move from under the pointer.
    (event.target as Focusable).reportValidity();
  }

  handleKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.handleCancel();
  }

  handleCancel(): void {
    this.focusNext = `[data-action="${this.step?.name}"]`;
    this.step = undefined;
  }

  async handleConfirm(): Promise<void> {
    const field = this.template?.querySelector<Focusable>('lightning-combobox');
    if (!this.step || this.isSaving || !field?.reportValidity()) return;
    this.isSaving = true;
    const { name } = this.step;
    try {
      await updateRecord({ fields: { Id: this.recordId, ...this.fieldsFor(name) } });
      this.answered = name === 'accept' ? ACCEPTED : DECLINED;
      this.step = undefined;
      this.focusNext = 'h3';
      this.dispatchEvent(new CustomEvent('change'));
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: SAVE_FAILED, message, variant: 'error', mode: 'sticky' }));
    } finally {
      this.isSaving = false;
    }
  }

  private get stagesNow(): ReturnType<typeof stagesFrom> {
    return stagesFrom(this.stages ?? { values: [] }, this.record?.stage ?? '');
  }

  private fieldsFor(answer: Answer): Record<string, unknown> {
    if (answer === 'accept') return { [STAGE.fieldApiName]: this.chosen };
    return { [STAGE.fieldApiName]: this.stagesNow.lost, [REASON.fieldApiName]: this.chosen };
  }
}
