import { LightningElement, api, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import type { UiRecord, WireResult } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
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
import type { CosellEdits, CosellRecord, DealKind, SyncState } from 'c/cosellRecord';
import type { Edit } from 'c/cosellControls';
import { isOnlyWaiting } from 'c/cosellIssues';
import { LiveRefresh } from 'c/liveRefresh';
import * as edits from './edits';
import { LABELS } from './labels';
import OPPORTUNITY from '@salesforce/schema/Opportunity';

/** The Microsoft co-sell section of the Opportunity page. */
export default class CosellSection extends LightningElement {
  @api recordId: string | undefined;
  /** Set in Lightning App Builder: the same as the service's setting `cosell.defaultDealKind`. */
  @api defaultDealKind = 'private';
  label = LABELS;
  record: CosellRecord | undefined;
  isLoading = true;
  error: unknown;
  savesRunning = 0;
  recordTypeId: string | undefined;
  defaultRecordTypeId: string | undefined;
  access = edits.NO_ACCESS;
  isAccessKnown = false;
  /** Edits on their way, shown before the record confirms them. */
  drafts: Partial<CosellEdits> = {};
  /** The service has not yet answered the last save. */
  isAwaiting = false;
  private savedNames: (keyof CosellEdits)[] = [];
  private savedAt = 0;
  private live = new LiveRefresh({
    recordId: () => this.recordId,
    isWaiting: () => this.isWaiting(),
    refreshLists: () => this.refreshLists()
  });

  @wire(getRecord, { recordId: '$recordId', fields: REQUIRED_FIELDS, optionalFields: OPTIONAL_FIELDS })
  wiredRecord({ data, error }: WireResult<UiRecord>): void {
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
  wiredOpportunityInfo({ data }: WireResult<ObjectInfo>): void {
    if (!data) return;
    this.access = edits.editAccess(data);
    this.isAccessKnown = true;
    this.defaultRecordTypeId = data.defaultRecordTypeId ?? undefined;
    this.recordTypeId ??= this.defaultRecordTypeId;
  }

  override connectedCallback(): void {
    this.live.start();
  }

  override disconnectedCallback(): void {
    this.live.stop();
  }

  /** The record with the rep's latest edits. */
  get shown(): CosellRecord | undefined {
    return this.record && { ...this.record, ...this.drafts };
  }

  get kindByDefault(): DealKind {
    return kindOfSetting(this.defaultDealKind);
  }

  get state(): SyncState {
    return this.shown ? shownState(this.shown, this.isAwaiting) : 'NotShared';
  }

  get hasNoFields(): boolean {
    return !this.isLoading && !this.error && !this.record;
  }

  get isIncoming(): boolean {
    return !!this.record && isIncoming(this.record);
  }

  get canRetry(): boolean {
    if (isOnlyWaiting(this.record?.issueCodes ?? '')) return false;
    return this.state === 'Attention' || this.state === 'Error';
  }

  get isReadOnly(): boolean {
    return this.isAccessKnown && !this.access.sync;
  }

  get isClosed(): boolean {
    return this.state === 'Closed';
  }

  get isSaving(): boolean {
    return this.savesRunning > 0;
  }

  get showsReferral(): boolean {
    return !!this.shown && (this.shown.sync || this.shown.referralId !== '');
  }

  handleRetry(): void {
    if (this.recordId) notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }

  async handleEdit({ detail }: CustomEvent<Edit>): Promise<void> {
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
  expectAnswer(): void {
    this.savedAt = Date.now();
    this.isAwaiting = !!this.shown?.sync;
    if (this.isAwaiting) this.live.expect();
  }

  private async save(recordId: string, edit: Edit): Promise<void> {
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

  private compare(previous: CosellRecord, current: CosellRecord): void {
    if (outcomeOf(previous) !== outcomeOf(current)) this.isAwaiting = false;
    if (previous.modified !== current.modified) this.live.recordChanged();
  }

  private isWaiting(): boolean {
    if (this.isAwaiting && Date.now() - this.savedAt >= edits.ANSWER_EXPECTED_WITHIN) this.isAwaiting = false;
    return this.state === 'Pending';
  }

  /** The dialog gave the focus back to the page; the rep goes on at the control. */
  private focusControl(name: string): void {
    this.template
      ?.querySelector<HTMLElement & { focusControl(name: string): void }>('c-cosell-controls')
      ?.focusControl(name);
  }

  private refreshLists(): void {
    for (const list of this.template?.querySelectorAll<Element & { refresh(): void }>('.refreshable') ?? [])
      list.refresh();
  }
}
