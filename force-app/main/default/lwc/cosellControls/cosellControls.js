import { LightningElement, api, wire } from 'lwc';
import { getPicklistValues } from 'lightning/uiObjectInfoApi';
import { dealKind, isShared } from 'c/cosellRecord';
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
const NONE = { label: HELP_NONE, value: '' };
/** What the sales rep decides: sync, help, visibility. Saves nothing itself; sends an `edit` event per change. */
export default class CosellControls extends LightningElement {
  /** The record with edits on their way; what the controls show. */
  @api
  record;
  /** The record as saved; what decides about locks, so that no control is disabled while it is being saved. */
  @api
  saved;
  @api
  access = { sync: false, help: false, visible: false };
  /** Kind of a new deal for which the rep chose nothing. */
  @api
  kindByDefault = 'Private';
  @api
  recordTypeId;
  helpOptions = [NONE];
  wasVisibleEdited = false;
  label = { SYNC_TOGGLE, TOGGLE_ON, TOGGLE_OFF, HELP_LABEL, VISIBLE_LABEL };
  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: HELP })
  wiredHelp({ data }) {
    if (data) this.helpOptions = [NONE, ...data.values.map(({ label, value }) => ({ label, value }))];
  }
  get isClosed() {
    return this.saved?.state === 'Closed';
  }
  /** The kind of help travels with the invitation only: Partner Center has no update for it afterwards. */
  get isHelpLocked() {
    return !!this.saved?.microsoftStatus;
  }
  get isVisibleLocked() {
    return !!this.saved && isShared(this.saved);
  }
  /** Microsoft cannot help with a deal that its sellers do not see. */
  get isVisibleImplied() {
    return !!this.record && this.record.help !== '';
  }
  /** Nobody ticked the box, and the deal will be visible all the same. */
  get isVisibleByDefault() {
    return !!this.record && !this.record.visible && dealKind(this.record, this.kindByDefault) === 'PartnerLed';
  }
  get syncDisabled() {
    return !this.access.sync || this.isClosed;
  }
  get helpDisabled() {
    return !this.access.help || this.isClosed || this.isHelpLocked;
  }
  get isVisibleFixed() {
    return this.isVisibleLocked || this.isVisibleImplied || this.isVisibleByDefault;
  }
  get visibleDisabled() {
    return !this.access.visible || this.isClosed || this.isVisibleFixed;
  }
  get visibleChecked() {
    return !!this.record?.visible || this.isVisibleImplied || this.isVisibleByDefault;
  }
  get helpHint() {
    return this.isHelpLocked && !this.isClosed ? HELP_LOCKED : '';
  }
  get visibleHint() {
    if (this.isVisibleLocked) return VISIBLE_LOCKED;
    if (this.isVisibleByDefault) return VISIBLE_DEFAULT;
    return this.isVisibleImplied ? VISIBLE_IMPLIED : VISIBLE_HINT;
  }
  /** Puts the focus on a control, for example after a dialog about it was cancelled. */
  @api
  focusControl(name) {
    this.template?.querySelector(`[data-control="${name}"]`)?.focus();
  }
  /** Sharing locks the checkbox for good; without this the keyboard focus would fall back to the top of the page. */
  renderedCallback() {
    if (!this.wasVisibleEdited || !this.visibleDisabled) return;
    this.wasVisibleEdited = false;
    this.template?.querySelector('[data-hint="visible"]')?.focus();
  }
  handleSync(event) {
    this.send({ name: 'sync', value: event.detail.checked });
  }
  handleHelp(event) {
    this.send({ name: 'help', value: event.detail.value });
  }
  handleVisible(event) {
    this.wasVisibleEdited = event.detail.checked;
    this.send({ name: 'visible', value: event.detail.checked });
  }
  send(detail) {
    this.dispatchEvent(new CustomEvent('edit', { detail }));
  }
}
