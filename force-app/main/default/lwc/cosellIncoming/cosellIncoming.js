import { LightningElement, api, wire } from 'lwc';
import { updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { reduceErrors } from 'c/ldsUtils';
import { stagesFrom } from './stages';
import { stepOf } from './steps';
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
/**
 * Accept or decline a deal that somebody else offers. Accepting leaves the stage on which the deal waits; declining closes
 * it as lost with a reason. Sends `change` after an answer.
 */
export default class CosellIncoming extends LightningElement {
  @api
  record;
  @api
  recordId;
  @api
  recordTypeId;
  label = { TITLE, ANSWER_BEFORE, NO_ACCESS, ACCEPT, DECLINE, CANCEL };
  step;
  chosen = '';
  /** What was answered, until the record no longer waits; empty before. */
  answered = '';
  isSaving = false;
  mayAnswer;
  stages;
  reasons = [];
  focusNext = '';
  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: STAGE })
  wiredStages({ data }) {
    if (data) this.stages = data;
  }
  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: REASON })
  wiredReasons({ data }) {
    if (data) this.reasons = data.values.map(({ label, value }) => ({ label, value }));
  }
  @wire(getObjectInfo, { objectApiName: OPPORTUNITY })
  wiredInfo({ data }) {
    if (data) this.mayAnswer = data.updateable && !!data.fields[STAGE.fieldApiName]?.updateable;
  }
  get introduction() {
    return this.record?.origin === 'Partner' ? FROM_PARTNER : FROM_MICROSOFT;
  }
  get expires() {
    return this.record?.expiresOn || undefined;
  }
  get isBlocked() {
    return this.mayAnswer === false;
  }
  get offersChoice() {
    return this.mayAnswer === true && !this.step && this.answered === '' && this.stages !== undefined;
  }
  /** The controls change places; without this the keyboard focus would fall back to the top of the page. */
  renderedCallback() {
    if (this.focusNext === '') return;
    this.template?.querySelector(this.focusNext)?.focus();
    this.focusNext = '';
  }
  handleChoice(event) {
    const answer = event.target.dataset.action;
    const { open } = this.stagesNow;
    this.step = stepOf(answer, answer === 'accept' ? open : this.reasons);
    this.chosen = answer === 'accept' ? (open[0]?.value ?? '') : '';
    this.focusNext = 'lightning-combobox';
  }
  handleValue(event) {
    // It bubbles, and the section takes a change from here for an answer.
    event.stopPropagation();
    this.chosen = event.detail.value;
    // Takes the complaint away now: when the field loses the focus the buttons would move from under the pointer.
    event.target.reportValidity();
  }
  handleKeyDown(event) {
    if (event.key === 'Escape') this.handleCancel();
  }
  handleCancel() {
    this.focusNext = `[data-action="${this.step?.name}"]`;
    this.step = undefined;
  }
  async handleConfirm() {
    const field = this.template?.querySelector('lightning-combobox');
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
  get stagesNow() {
    return stagesFrom(this.stages ?? { values: [] }, this.record?.stage ?? '');
  }
  fieldsFor(answer) {
    if (answer === 'accept') return { [STAGE.fieldApiName]: this.chosen };
    return { [STAGE.fieldApiName]: this.stagesNow.lost, [REASON.fieldApiName]: this.chosen };
  }
}
