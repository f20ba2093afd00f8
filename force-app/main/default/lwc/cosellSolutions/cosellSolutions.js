import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { createRecord, deleteRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { reduceErrors } from 'c/ldsUtils';
import { formatLabel } from 'c/formatLabel';
import { ENTRIES_QUERY, LIMIT, readEntries } from './entries';
import ENTRY from '@salesforce/schema/Opportunity_Microsoft_Solution__c';
import OPPORTUNITY from '@salesforce/schema/Opportunity_Microsoft_Solution__c.Opportunity__c';
import SOLUTION from '@salesforce/schema/Opportunity_Microsoft_Solution__c.Microsoft_Solution__c';
import SOLUTIONS_TITLE from '@salesforce/label/c.Cosell_Solutions_Title';
import SOLUTIONS_EMPTY from '@salesforce/label/c.Cosell_Solutions_Empty';
import SOLUTIONS_EMPTY_STEP from '@salesforce/label/c.Cosell_Solutions_Empty_Step';
import SOLUTIONS_EMPTY_READ_ONLY from '@salesforce/label/c.Cosell_Solutions_Empty_Read_Only';
import SOLUTION_ADDED from '@salesforce/label/c.Cosell_Solution_Added';
import SOLUTION_REMOVED from '@salesforce/label/c.Cosell_Solution_Removed';
import SOLUTION_LIMIT from '@salesforce/label/c.Cosell_Solution_Limit';
import SAVE_FAILED from '@salesforce/label/c.Cosell_Save_Failed';
import LOADING from '@salesforce/label/c.Cosell_Loading';
/** The Microsoft solutions of the opportunity. Sends `change` after adding or removing one. */
export default class CosellSolutions extends LightningElement {
  @api
  recordId;
  /** The referral accepts no more changes. */
  @api
  isClosed = false;
  mayEdit = false;
  entries;
  errors;
  announcement = '';
  isSaving = false;
  label = { SOLUTIONS_TITLE, SOLUTIONS_EMPTY, LOADING, limit: formatLabel(SOLUTION_LIMIT, LIMIT) };
  rerun;
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredSolutions({ data, errors, refresh }) {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (data) this.entries = readEntries(data);
  }
  @wire(getObjectInfo, { objectApiName: ENTRY })
  wiredEntryInfo({ data }) {
    this.mayEdit = !!data && data.createable && data.deletable;
  }
  get canEdit() {
    return this.mayEdit && !this.isClosed;
  }
  /** The adapter waits while there is no query. */
  get query() {
    return this.recordId ? ENTRIES_QUERY : undefined;
  }
  get variables() {
    return { recordId: this.recordId };
  }
  get isLoading() {
    return this.entries === undefined && !this.errors;
  }
  get isEmpty() {
    return this.entries?.length === 0;
  }
  get hasEntries() {
    return !!this.entries && this.entries.length > 0;
  }
  get emptyStep() {
    if (this.isClosed) return '';
    return this.mayEdit ? SOLUTIONS_EMPTY_STEP : SOLUTIONS_EMPTY_READ_ONLY;
  }
  get chosenIds() {
    return (this.entries ?? []).map(({ solutionId }) => solutionId);
  }
  get canAdd() {
    return this.canEdit && this.entries !== undefined && !this.isFull;
  }
  get isFull() {
    return this.canEdit && (this.entries?.length ?? 0) >= LIMIT;
  }
  /** Shows solutions that came from Partner Center or from a colleague since the last look. */
  @api
  async refresh() {
    await this.rerun?.().catch(() => undefined);
  }
  async handleSelect({ detail }) {
    if (this.isSaving || this.chosenIds.includes(detail.id)) return;
    const fields = { [OPPORTUNITY.fieldApiName]: this.recordId, [SOLUTION.fieldApiName]: detail.id };
    await this.save(
      () => createRecord({ apiName: ENTRY.objectApiName, fields }),
      formatLabel(SOLUTION_ADDED, detail.name)
    );
  }
  async handleRemove(event) {
    const id = event.target.dataset.id;
    const entry = this.entries?.find((candidate) => candidate.id === id);
    if (!entry || this.isSaving) return;
    await this.save(() => deleteRecord(entry.id), formatLabel(SOLUTION_REMOVED, entry.name));
    // The button that had the focus is gone with its row.
    this.template?.querySelector('h3')?.focus();
  }
  async save(write, done) {
    this.isSaving = true;
    try {
      await write();
      this.announcement = done;
      await this.refresh();
      this.dispatchEvent(new CustomEvent('change'));
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: SAVE_FAILED, message, variant: 'error', mode: 'sticky' }));
    } finally {
      this.isSaving = false;
    }
  }
}
