import { LightningElement, api, wire } from 'lwc';
import { getPicklistValues } from 'lightning/uiObjectInfoApi';
import type { PicklistValues } from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { dealKind, isShared } from 'c/cosellRecord';
import type { CosellEdits, CosellRecord, DealKind } from 'c/cosellRecord';
import HELP from '@salesforce/schema/Opportunity.How_can_Microsoft_help__c';
import SYNC_TOGGLE from '@salesforce/label/c.Cosell_Sync_Toggle';
import TOGGLE_ON from '@salesforce/label/c.Cosell_Toggle_On';
import TOGGLE_OFF from '@salesforce/label/c.Cosell_Toggle_Off';
import HELP_LABEL from '@salesforce/label/c.Cosell_Help_Label';
import HELP_NONE from '@salesforce/label/c.Cosell_Help_None';
import HELP_LOCKED from '@salesforce/label/c.Cosell_Help_Locked';
import VISIBLE_LABEL from '@salesforce/label/c.Cosell_Visible_Label';
import VISIBLE_HINT from '@salesforce/label/c.Cosell_Visible_Hint';
import VISIBLE_DEFAULT from '@salesforce/label/c.Cosell_Visible_Default';
import VISIBLE_IMPLIED from '@salesforce/label/c.Cosell_Visible_Implied';
import VISIBLE_LOCKED from '@salesforce/label/c.Cosell_Visible_Locked';

/** Which of the fields the user may edit. */
export type EditAccess = Readonly<Record<keyof CosellEdits, boolean>>;
/** Detail of the event `edit`. */
export type Edit = { [Name in keyof CosellEdits]: { name: Name; value: CosellEdits[Name] } }[keyof CosellEdits];

const NONE = { label: HELP_NONE, value: '' };

/** What the sales rep decides: sync, help, visibility. Saves nothing itself; sends an `edit` event per change. */
export default class CosellControls extends LightningElement {
  /** The record with edits on their way; what the controls show. */
  @api record: CosellRecord | undefined;
  /** The record as saved; what decides about locks, so that no control is disabled while it is being saved. */
  @api saved: CosellRecord | undefined;
  @api access: EditAccess = { sync: false, help: false, visible: false };
  /** Kind of a new deal for which the rep chose nothing. */
  @api kindByDefault: DealKind = 'Private';
  @api recordTypeId: string | undefined;
  helpOptions = [NONE];
  private wasVisibleEdited = false;
  label = { SYNC_TOGGLE, TOGGLE_ON, TOGGLE_OFF, HELP_LABEL, VISIBLE_LABEL };

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: HELP })
  wiredHelp({ data }: WireResult<PicklistValues>): void {
    if (data) this.helpOptions = [NONE, ...data.values.map(({ label, value }) => ({ label, value }))];
  }

  private get isClosed(): boolean {
    return this.saved?.state === 'Closed';
  }

  /** The kind of help travels with the invitation only: Partner Center has no update for it afterwards. */
  private get isHelpLocked(): boolean {
    return !!this.saved?.microsoftStatus;
  }

  private get isVisibleLocked(): boolean {
    return !!this.saved && isShared(this.saved);
  }

  /** Microsoft cannot help with a deal that its sellers do not see. */
  private get isVisibleImplied(): boolean {
    return !!this.record && this.record.help !== '';
  }

  /** Nobody ticked the box, and the deal will be visible all the same. */
  private get isVisibleByDefault(): boolean {
    return !!this.record && !this.record.visible && dealKind(this.record, this.kindByDefault) === 'PartnerLed';
  }

  get syncDisabled(): boolean {
    return !this.access.sync || this.isClosed;
  }

  get helpDisabled(): boolean {
    return !this.access.help || this.isClosed || this.isHelpLocked;
  }

  private get isVisibleFixed(): boolean {
    return this.isVisibleLocked || this.isVisibleImplied || this.isVisibleByDefault;
  }

  get visibleDisabled(): boolean {
    return !this.access.visible || this.isClosed || this.isVisibleFixed;
  }

  get visibleChecked(): boolean {
    return !!this.record?.visible || this.isVisibleImplied || this.isVisibleByDefault;
  }

  get helpHint(): string {
    return this.isHelpLocked && !this.isClosed ? HELP_LOCKED : '';
  }

  get visibleHint(): string {
    if (this.isVisibleLocked) return VISIBLE_LOCKED;
    if (this.isVisibleByDefault) return VISIBLE_DEFAULT;
    return this.isVisibleImplied ? VISIBLE_IMPLIED : VISIBLE_HINT;
  }

  /** Puts the focus on a control, for example after a dialog about it was cancelled. */
  @api focusControl(name: string): void {
    this.template?.querySelector<HTMLElement>(`[data-control="${name}"]`)?.focus();
  }

  /** Sharing locks the checkbox for good; without this the keyboard focus would fall back to the top of the page. */
  override renderedCallback(): void {
    if (!this.wasVisibleEdited || !this.visibleDisabled) return;
    this.wasVisibleEdited = false;
    this.template?.querySelector<HTMLElement>('[data-hint="visible"]')?.focus();
  }

  handleSync(event: CustomEvent<{ checked: boolean }>): void {
    this.send({ name: 'sync', value: event.detail.checked });
  }

  handleHelp(event: CustomEvent<{ value: string }>): void {
    this.send({ name: 'help', value: event.detail.value });
  }

  handleVisible(event: CustomEvent<{ checked: boolean }>): void {
    this.wasVisibleEdited = event.detail.checked;
    this.send({ name: 'visible', value: event.detail.checked });
  }

  private send(detail: Edit): void {
    this.dispatchEvent(new CustomEvent('edit', { detail }));
  }
}
