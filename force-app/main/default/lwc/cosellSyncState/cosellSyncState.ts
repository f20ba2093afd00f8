import { LightningElement, api } from 'lwc';
import { isOnlyWaiting, readIssues } from 'c/cosellIssues';
import type { Issue } from 'c/cosellIssues';
import type { SyncState } from 'c/cosellRecord';
import SYNC_STATUS from '@salesforce/label/c.Cosell_Sync_Status';
import NOT_SHARED from '@salesforce/label/c.Cosell_State_NotShared';
import NOT_SHARED_TEXT from '@salesforce/label/c.Cosell_Text_NotShared';
import PENDING from '@salesforce/label/c.Cosell_State_Pending';
import PENDING_TEXT from '@salesforce/label/c.Cosell_Text_Pending';
import SYNCED from '@salesforce/label/c.Cosell_State_Synced';
import SYNCED_TEXT from '@salesforce/label/c.Cosell_Text_Synced';
import ATTENTION from '@salesforce/label/c.Cosell_State_Attention';
import ATTENTION_TEXT from '@salesforce/label/c.Cosell_Text_Attention';
import CONFLICT from '@salesforce/label/c.Cosell_State_Conflict';
import CONFLICT_TEXT from '@salesforce/label/c.Cosell_Text_Conflict';
import ERROR from '@salesforce/label/c.Cosell_State_Error';
import ERROR_TEXT from '@salesforce/label/c.Cosell_Text_Error';
import WAITING_LABEL from '@salesforce/label/c.Cosell_Incoming_Title';
import CLOSED from '@salesforce/label/c.Cosell_State_Closed';
import CLOSED_TEXT from '@salesforce/label/c.Cosell_Text_Closed';
import PAUSED from '@salesforce/label/c.Cosell_State_Paused';
import PAUSED_TEXT from '@salesforce/label/c.Cosell_Text_Paused';

interface Appearance {
  label: string;
  /** May be empty, when the label says it all. */
  text: string;
  icon: string;
  /** Of lightning-icon. */
  variant?: 'success' | 'warning' | 'error';
  /** SLDS class of the badge. */
  badge: string;
  showsIssues?: boolean;
}

const APPEARANCE: Readonly<Record<SyncState, Appearance>> = {
  NotShared: { label: NOT_SHARED, text: NOT_SHARED_TEXT, icon: 'utility:info', badge: 'slds-badge_lightest' },
  Pending: { label: PENDING, text: PENDING_TEXT, icon: 'utility:sync', badge: 'slds-badge_lightest' },
  Synced: {
    label: SYNCED,
    text: SYNCED_TEXT,
    icon: 'utility:success',
    variant: 'success',
    badge: 'slds-theme_success'
  },
  Attention: {
    label: ATTENTION,
    text: ATTENTION_TEXT,
    icon: 'utility:warning',
    variant: 'warning',
    badge: 'slds-theme_warning',
    showsIssues: true
  },
  Conflict: {
    label: CONFLICT,
    text: CONFLICT_TEXT,
    icon: 'utility:merge',
    variant: 'warning',
    badge: 'slds-theme_warning',
    showsIssues: true
  },
  Error: {
    label: ERROR,
    text: ERROR_TEXT,
    icon: 'utility:error',
    variant: 'error',
    badge: 'slds-theme_error',
    showsIssues: true
  },
  Closed: { label: CLOSED, text: CLOSED_TEXT, icon: 'utility:lock', badge: 'slds-badge_inverse' },
  Paused: { label: PAUSED, text: PAUSED_TEXT, icon: 'utility:pause', badge: 'slds-badge_lightest' }
};

/** A deal that waits for the rep's answer lacks nothing; the card below says until when and takes the answer. */
const WAITING: Appearance = {
  ...APPEARANCE.Attention,
  label: WAITING_LABEL,
  text: '',
  icon: 'utility:clock',
  showsIssues: false
};

/** How the sync stands, what is missing and the next step; announced politely when it changes. */
export default class CosellSyncState extends LightningElement {
  @api state: SyncState = 'NotShared';
  @api issueCodes = '';
  @api message = '';
  label = { status: SYNC_STATUS };

  get appearance(): Appearance {
    if (this.state === 'Attention' && isOnlyWaiting(this.issueCodes)) return WAITING;
    return APPEARANCE[this.state] ?? APPEARANCE.Pending;
  }

  get issues(): Issue[] {
    return this.appearance.showsIssues ? readIssues(this.issueCodes, this.message) : [];
  }

  get hasIssues(): boolean {
    return this.issues.length > 0;
  }
}
