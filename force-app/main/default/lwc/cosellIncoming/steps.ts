import type { Choice } from './stages';
import ACCEPT from '@salesforce/label/c.Cosell_Incoming_Accept';
import ACCEPT_TEXT from '@salesforce/label/c.Cosell_Incoming_Accept_Text';
import ACCEPT_STAGE from '@salesforce/label/c.Cosell_Incoming_Stage';
import ACCEPT_MISSING from '@salesforce/label/c.Cosell_Incoming_Stage_Missing';
import DECLINE from '@salesforce/label/c.Cosell_Incoming_Decline';
import DECLINE_TEXT from '@salesforce/label/c.Cosell_Incoming_Decline_Text';
import DECLINE_REASON from '@salesforce/label/c.Cosell_Incoming_Reason';
import DECLINE_MISSING from '@salesforce/label/c.Cosell_Incoming_Reason_Missing';

export type Answer = 'accept' | 'decline';

/** What is asked before an answer is given. */
export interface Step {
  name: Answer;
  text: string;
  label: string;
  missing: string;
  confirm: string;
  variant: 'brand' | 'destructive';
  options: readonly Choice[];
}

/** A declined referral is closed for good, so the answer says so and takes a second press. */
export const stepOf = (answer: Answer, options: readonly Choice[]): Step =>
  answer === 'accept'
    ? {
        name: answer,
        text: ACCEPT_TEXT,
        label: ACCEPT_STAGE,
        missing: ACCEPT_MISSING,
        confirm: ACCEPT,
        variant: 'brand',
        options
      }
    : {
        name: answer,
        text: DECLINE_TEXT,
        label: DECLINE_REASON,
        missing: DECLINE_MISSING,
        confirm: DECLINE,
        variant: 'destructive',
        options
      };
