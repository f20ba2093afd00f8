import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { reduceErrors } from 'c/ldsUtils';
import { OPEN_PROBLEMS_QUERY, readOpenProblems } from './openProblems';
import ISSUE from '@salesforce/schema/Cosell_Issue__c';
import RESOLUTION from '@salesforce/schema/Cosell_Issue__c.Resolution__c';
import CHECK_AGAIN from '@salesforce/label/c.Cosell_Check_Again';
import CHECKING from '@salesforce/label/c.Cosell_Checking';
import SAVE_FAILED from '@salesforce/label/c.Cosell_Save_Failed';
/** Has the service look at the record at once instead of at its next try. Sends `change` after asking. */
export default class CosellRetry extends LightningElement {
  @api
  recordId;
  label = { CHECK_AGAIN };
  mayAsk = false;
  isSaving = false;
  ids = [];
  isAsked = false;
  rerun;
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredProblems({ data, refresh }) {
    this.rerun = refresh ?? this.rerun;
    if (data) ({ ids: this.ids, isAsked: this.isAsked } = readOpenProblems(data));
  }
  @wire(getObjectInfo, { objectApiName: ISSUE })
  wiredIssueInfo({ data }) {
    this.mayAsk = !!data && data.updateable && !!data.fields[RESOLUTION.fieldApiName]?.updateable;
  }
  /** The adapter waits while there is no query. */
  get query() {
    return this.recordId ? OPEN_PROBLEMS_QUERY : undefined;
  }
  get variables() {
    return { recordId: this.recordId };
  }
  get canAsk() {
    return this.mayAsk && !this.isAsked && this.ids.length > 0;
  }
  get status() {
    return this.isAsked ? CHECKING : '';
  }
  /** Shows what the service found since the last look. */
  @api
  async refresh() {
    await this.rerun?.().catch(() => undefined);
  }
  async handleRetry() {
    if (this.isSaving) return;
    this.isSaving = true;
    try {
      await Promise.all(this.ids.map((id) => updateRecord({ fields: { Id: id, [RESOLUTION.fieldApiName]: 'Retry' } })));
      this.isAsked = true;
      this.dispatchEvent(new CustomEvent('change'));
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: SAVE_FAILED, message, variant: 'error', mode: 'sticky' }));
    } finally {
      this.isSaving = false;
    }
  }
}
