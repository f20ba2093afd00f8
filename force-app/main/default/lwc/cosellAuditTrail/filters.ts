import ALL from '@salesforce/label/c.Cosell_Audit_All';
import SENT from '@salesforce/label/c.Cosell_Direction_ToPartnerCenter';
import RECEIVED from '@salesforce/label/c.Cosell_Direction_FromPartnerCenter';
import PROBLEMS from '@salesforce/label/c.Cosell_Audit_Problems';

export type FilterName = 'all' | 'sent' | 'received' | 'problems';

export const FILTERS: readonly { label: string; value: FilterName }[] = [
  { label: ALL, value: 'all' },
  { label: SENT, value: 'sent' },
  { label: RECEIVED, value: 'received' },
  { label: PROBLEMS, value: 'problems' }
];

interface Narrowing {
  /** Values of Direction__c. */
  directions: readonly string[];
  /** Values of Outcome__c. */
  outcomes: readonly string[];
}

const EVERYTHING: Narrowing = {
  directions: ['ToPartnerCenter', 'FromPartnerCenter', 'None'],
  outcomes: ['Success', 'Attention', 'Conflict', 'Failed']
};

/** Both lists are always given, so that one query serves every filter. */
export const NARROWED: Readonly<Record<FilterName, Narrowing>> = {
  all: EVERYTHING,
  sent: { ...EVERYTHING, directions: ['ToPartnerCenter'] },
  received: { ...EVERYTHING, directions: ['FromPartnerCenter'] },
  problems: { ...EVERYTHING, outcomes: ['Attention', 'Conflict', 'Failed'] }
};
