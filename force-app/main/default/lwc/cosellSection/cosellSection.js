import { LightningElement, api, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import {
  OPTIONAL_FIELDS,
  REQUIRED_FIELDS,
  isIncoming,
  kindOfSetting,
  outcomeOf,
  readCosell,
  shownState,
  upgradeBy
} from 'c/cosellRecord';
import { isOnlyWaiting } from 'c/cosellIssues';
import { LiveRefresh } from 'c/liveRefresh';
import * as edits from './edits';
import { LABELS } from './labels';
import OPPORTUNITY from '@salesforce/schema/Opportunity';
/** The Microsoft co-sell section of the Opportunity page. */
export default class CosellSection extends LightningElement {
  @api
  recordId;
  /** Set in Lightning App Builder: the same as the service's setting `cosell.defaultDealKind`. */
  @api
  defaultDealKind = 'private';
  label = LABELS;
  record;
  isLoading = true;
  error;
  savesRunning = 0;
  recordTypeId;
  defaultRecordTypeId;
  access = edits.NO_ACCESS;
  isAccessKnown = false;
  /** Edits on their way, shown before the record confirms them. */
  drafts = {};
  /** The service has not yet answered the last save. */
  isAwaiting = false;
  savedNames = [];
  savedAt = 0;
  live = new LiveRefresh({
    recordId: () => this.recordId,
    isWaiting: () => this.isWaiting(),
    refreshLists: () => this.refreshLists()
  });
  @wire(getRecord, { recordId: '$recordId', fields: REQUIRED_FIELDS, optionalFields: OPTIONAL_FIELDS })
  wiredRecord({ data, error }) {
    this.error = error;
    if (data || error) this.isLoading = false;
    if (!data) return;
    const previous = this.record;
    this.record = readCosell(data);
    this.recordTypeId = data.recordTypeId ?? this.defaultRecordTypeId;
    this.drafts = edits.without(this.drafts, this.savedNames);
    this.savedNames = [];
    if (previous && this.record) this.compare(previous, this.record);
  }
  @wire(getObjectInfo, { objectApiName: OPPORTUNITY })
  wiredOpportunityInfo({ data }) {
    if (!data) return;
    this.access = edits.editAccess(data);
    this.isAccessKnown = true;
    this.defaultRecordTypeId = data.defaultRecordTypeId ?? undefined;
    this.recordTypeId ??= this.defaultRecordTypeId;
  }
  connectedCallback() {
    this.live.start();
  }
  disconnectedCallback() {
    this.live.stop();
  }
  /** The record with the rep's latest edits. */
  get shown() {
    return this.record && { ...this.record, ...this.drafts };
  }
  get kindByDefault() {
    return kindOfSetting(this.defaultDealKind);
  }
  get state() {
    return this.shown ? shownState(this.shown, this.isAwaiting) : 'NotShared';
  }
  get hasNoFields() {
    return !this.isLoading && !this.error && !this.record;
  }
  get isIncoming() {
    return !!this.record && isIncoming(this.record);
  }
  get canRetry() {
    if (isOnlyWaiting(this.record?.issueCodes ?? '')) return false;
    return this.state === 'Attention' || this.state === 'Error';
  }
  get isReadOnly() {
    return this.isAccessKnown && !this.access.sync;
  }
  get isClosed() {
    return this.state === 'Closed';
  }
  get isSaving() {
    return this.savesRunning > 0;
  }
  get showsReferral() {
    return !!this.shown && (this.shown.sync || this.shown.referralId !== '');
  }
  handleRetry() {
    if (this.recordId) notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }
  async handleEdit({ detail }) {
    const before = this.shown;
    if (!before || !this.recordId) return;
    this.drafts = { ...this.drafts, [detail.name]: detail.value };
    const upgrade = upgradeBy(before, { ...before, ...this.drafts }, this.kindByDefault);
    if (upgrade && !(await edits.confirmUpgrade(upgrade))) {
      this.drafts = edits.without(this.drafts, [detail.name]);
      this.focusControl(detail.name);
      return;
    }
    await this.save(this.recordId, detail);
  }
  /** What the rep did beside the controls travels with the next sync: solutions, answers. */
  expectAnswer() {
    this.savedAt = Date.now();
    this.isAwaiting = !!this.shown?.sync;
    if (this.isAwaiting) this.live.expect();
  }
  async save(recordId, edit) {
    this.savesRunning += 1;
    // Before the save: the service may have answered by the time the save returns.
    this.expectAnswer();
    try {
      await edits.saveEdit(recordId, edit);
      this.savedNames.push(edit.name);
    } catch (error) {
      this.isAwaiting = false;
      this.drafts = edits.without(this.drafts, [edit.name]);
      this.dispatchEvent(edits.failureToast(error));
    } finally {
      this.savesRunning -= 1;
    }
  }
  compare(previous, current) {
    if (outcomeOf(previous) !== outcomeOf(current)) this.isAwaiting = false;
    if (previous.modified !== current.modified) this.live.recordChanged();
  }
  isWaiting() {
    if (this.isAwaiting && Date.now() - this.savedAt >= edits.ANSWER_EXPECTED_WITHIN) this.isAwaiting = false;
    return this.state === 'Pending';
  }
  /** The dialog gave the focus back to the page; the rep goes on at the control. */
  focusControl(name) {
    this.template?.querySelector('c-cosell-controls')?.focusControl(name);
  }
  refreshLists() {
    for (const list of this.template?.querySelectorAll('.refreshable') ?? []) list.refresh();
  }
}
