import ALL from '@salesforce/label/c.Cosell_Audit_All';
import SENT from '@salesforce/label/c.Cosell_Direction_ToPartnerCenter';
import RECEIVED from '@salesforce/label/c.Cosell_Direction_FromPartnerCenter';
import PROBLEMS from '@salesforce/label/c.Cosell_Audit_Problems';
export const FILTERS = [
  { label: ALL, value: 'all' },
  { label: SENT, value: 'sent' },
  { label: RECEIVED, value: 'received' },
  { label: PROBLEMS, value: 'problems' }
];
const EVERYTHING = {
  directions: ['ToPartnerCenter', 'FromPartnerCenter', 'None'],
  outcomes: ['Success', 'Attention', 'Conflict', 'Failed']
};
/** Both lists are always given, so that one query serves every filter. */
export const NARROWED = {
  all: EVERYTHING,
  sent: { ...EVERYTHING, directions: ['ToPartnerCenter'] },
  received: { ...EVERYTHING, directions: ['FromPartnerCenter'] },
  problems: { ...EVERYTHING, outcomes: ['Attention', 'Conflict', 'Failed'] }
};
