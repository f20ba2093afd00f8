import { LightningElement, api, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { time } from 'c/erpFormat';
import { LiveRefresh } from 'c/liveRefresh';
import { reduceErrors } from 'c/ldsUtils';
import { REQUEST_FIELD, fieldsOf, readState } from './fields';
import TITLE from '@salesforce/label/c.Erp_Title';
import REFRESH from '@salesforce/label/c.Erp_Refresh';
import REFRESHING from '@salesforce/label/c.Erp_Refreshing';
import REFRESHED from '@salesforce/label/c.Erp_Refreshed';
import DONE from '@salesforce/label/c.Erp_Done';
import NEVER from '@salesforce/label/c.Erp_Never';
import NEVER_READ_ONLY from '@salesforce/label/c.Erp_Never_Read_Only';
import READ_ONLY from '@salesforce/label/c.Erp_Read_Only';
import NO_ACCESS from '@salesforce/label/c.Erp_No_Access';
import SLOW from '@salesforce/label/c.Erp_Slow';
import FAILED from '@salesforce/label/c.Erp_Failed';
import SAVE_FAILED from '@salesforce/label/c.Cosell_Save_Failed';
/** Milliseconds after which the user is told that nobody answers. */
const SLOW_AFTER = 15_000;
/** Figures of Business Central on the page of an opportunity or account, refreshed by the service when somebody asks. */
export default class ErpPanel extends LightningElement {
  @api
  recordId;
  @api
  objectApiName;
  label = { TITLE, REFRESH, REFRESHING, REFRESHED, READ_ONLY, NO_ACCESS, SLOW, FAILED };
  state;
  isLoading = true;
  error;
  mayRefresh;
  isSaving = false;
  isSlow = false;
  justAnswered = false;
  slowTimer;
  live = new LiveRefresh({
    recordId: () => this.recordId,
    isWaiting: () => this.isWaiting,
    refreshLists: () => this.refreshLists()
  });
  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  wiredRecord({ data, error }) {
    this.error = error;
    if (data || error) this.isLoading = false;
    if (!data || !this.recordId) return;
    const previous = this.state;
    this.state = readState(data, this.objectApiName ?? '', this.recordId);
    if (!previous || !this.state) return;
    const answered = previous.requested !== '' && this.state.requested === '';
    if (answered) this.settle();
    if (answered || previous.refreshed !== this.state.refreshed) this.live.recordChanged();
  }
  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  wiredInfo({ data }) {
    if (data) this.mayRefresh = data.updateable && data.fields[REQUEST_FIELD]?.updateable === true;
  }
  connectedCallback() {
    this.live.start();
  }
  disconnectedCallback() {
    this.live.stop();
    clearTimeout(this.slowTimer);
  }
  get fields() {
    return fieldsOf(this.objectApiName);
  }
  get isOpportunity() {
    return this.objectApiName === 'Opportunity';
  }
  get isWaiting() {
    return this.isSaving || (this.state?.requested ?? '') !== '';
  }
  get hasNoAccess() {
    return !this.isLoading && !this.error && !this.state;
  }
  get isReadOnly() {
    return this.mayRefresh === false;
  }
  get isNever() {
    return !!this.state && this.state.refreshed === '' && !this.isWaiting;
  }
  get neverText() {
    return this.isReadOnly ? NEVER_READ_ONLY : NEVER;
  }
  get hasFailed() {
    return !this.isWaiting && (this.state?.code ?? '') !== '';
  }
  /** Announced: that it is being read, and that it is here. */
  get progress() {
    if (this.isWaiting) return REFRESHING;
    return this.justAnswered && !this.hasFailed ? DONE : '';
  }
  get showsSlow() {
    return this.isWaiting && this.isSlow;
  }
  get refreshedAt() {
    return time(this.state?.refreshed ?? '');
  }
  get closeDate() {
    return this.state?.closeDate ?? '';
  }
  get accountId() {
    return this.state?.accountId ?? '';
  }
  handleRetry() {
    if (this.recordId) notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }
  async handleRefresh() {
    if (!this.recordId || this.isWaiting) return;
    this.isSaving = true;
    this.justAnswered = false;
    this.isSlow = false;
    clearTimeout(this.slowTimer);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- cleared when the answer is here and when the panel goes
    this.slowTimer = setTimeout(() => {
      this.isSlow = true;
    }, SLOW_AFTER);
    this.live.expect();
    try {
      await updateRecord({ fields: { Id: this.recordId, [REQUEST_FIELD]: new Date().toISOString() } });
    } catch (error) {
      clearTimeout(this.slowTimer);
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: SAVE_FAILED, message, variant: 'error' }));
    } finally {
      this.isSaving = false;
    }
  }
  settle() {
    clearTimeout(this.slowTimer);
    this.isSlow = false;
    this.justAnswered = true;
  }
  refreshLists() {
    for (const list of this.template?.querySelectorAll('.refreshable') ?? []) list.refresh();
  }
}
