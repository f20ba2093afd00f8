import { fieldName } from 'c/cosellFieldNames';
import { formatLabel } from 'c/formatLabel';
import TO_PARTNER_CENTER from '@salesforce/label/c.Cosell_Direction_ToPartnerCenter';
import FROM_PARTNER_CENTER from '@salesforce/label/c.Cosell_Direction_FromPartnerCenter';
import NO_DIRECTION from '@salesforce/label/c.Cosell_Direction_None';
import SUCCESS from '@salesforce/label/c.Cosell_Outcome_Success';
import ATTENTION from '@salesforce/label/c.Cosell_Outcome_Attention';
import CONFLICT from '@salesforce/label/c.Cosell_Outcome_Conflict';
import FAILED from '@salesforce/label/c.Cosell_Outcome_Failed';
import CREATED from '@salesforce/label/c.Cosell_Action_created';
import UPDATED from '@salesforce/label/c.Cosell_Action_updated';
import LINKED from '@salesforce/label/c.Cosell_Action_linked';
import CHECKED from '@salesforce/label/c.Cosell_Action_checked';
import ACTION_CONFLICT from '@salesforce/label/c.Cosell_Action_conflict';
import CHANGED_FROM_TO from '@salesforce/label/c.Cosell_Changed_From_To';
import EMPTY_VALUE from '@salesforce/label/c.Cosell_Empty_Value';

interface TextValue {
  value: string | null;
}

/** One entry as the query returns it. */
export interface AuditNode {
  Id: string;
  Occurred_At__c: TextValue;
  Direction__c: TextValue;
  Action__c: TextValue;
  Field__c: TextValue;
  Old_Value__c: TextValue;
  New_Value__c: TextValue;
  Outcome__c: TextValue;
  Message__c: TextValue;
}

/** One entry as the list shows it. */
export interface AuditRow {
  id: string;
  /** Milliseconds since 1970, the only form lightning-relative-date-time takes besides Date. */
  at: number;
  action: string;
  direction: { label: string; icon: string };
  outcome: { label: string; badge: string };
  field: string;
  hasChange: boolean;
  oldValue: string;
  newValue: string;
  change: string;
  message: string;
}

const NO_MOVE = { label: NO_DIRECTION, icon: 'utility:preview' };
const DIRECTIONS: Readonly<Record<string, AuditRow['direction']>> = {
  ToPartnerCenter: { label: TO_PARTNER_CENTER, icon: 'utility:upload' },
  FromPartnerCenter: { label: FROM_PARTNER_CENTER, icon: 'utility:download' },
  None: NO_MOVE
};
const OUTCOMES: Readonly<Record<string, AuditRow['outcome']>> = {
  Success: { label: SUCCESS, badge: 'slds-theme_success' },
  Attention: { label: ATTENTION, badge: 'slds-theme_warning' },
  Conflict: { label: CONFLICT, badge: 'slds-theme_warning' },
  Failed: { label: FAILED, badge: 'slds-theme_error' }
};
const ACTIONS: Readonly<Record<string, string>> = {
  created: CREATED,
  updated: UPDATED,
  linked: LINKED,
  checked: CHECKED,
  conflict: ACTION_CONFLICT
};

/** The service stores lists as JSON. */
function readable(value: string): string {
  if (!value.startsWith('[')) return value;
  try {
    return (JSON.parse(value) as unknown[])
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
      .join(', ');
  } catch {
    return value;
  }
}

const text = ({ value }: TextValue): string => value ?? '';

export function toAuditRow(node: AuditNode): AuditRow {
  const action = text(node.Action__c);
  const outcome = text(node.Outcome__c);
  // Without a field the values are keys and codes, which the message says in words.
  const hasChange = text(node.Field__c) !== '' && (text(node.Old_Value__c) !== '' || text(node.New_Value__c) !== '');
  const oldValue = readable(text(node.Old_Value__c)) || EMPTY_VALUE;
  const newValue = readable(text(node.New_Value__c)) || EMPTY_VALUE;
  return {
    id: node.Id,
    at: Date.parse(text(node.Occurred_At__c)),
    action: ACTIONS[action.toLowerCase()] ?? action,
    direction: DIRECTIONS[text(node.Direction__c)] ?? NO_MOVE,
    outcome: OUTCOMES[outcome] ?? { label: outcome, badge: '' },
    field: fieldName(text(node.Field__c)),
    hasChange,
    oldValue,
    newValue,
    change: formatLabel(CHANGED_FROM_TO, oldValue, newValue),
    message: text(node.Message__c)
  };
}
