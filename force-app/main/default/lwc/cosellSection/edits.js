import LightningConfirm from 'lightning/confirm';
import { updateRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { EDIT_FIELDS } from 'c/cosellRecord';
import { reduceErrors } from 'c/ldsUtils';
import CONFIRM_TITLE from '@salesforce/label/c.Cosell_Confirm_Title';
import CONFIRM_MESSAGE from '@salesforce/label/c.Cosell_Confirm_Message';
import INVITE_TITLE from '@salesforce/label/c.Cosell_Confirm_Invite_Title';
import INVITE_MESSAGE from '@salesforce/label/c.Cosell_Confirm_Invite_Message';
import SAVE_FAILED from '@salesforce/label/c.Cosell_Save_Failed';
/** Milliseconds to show "waiting" after a save; the service writes nothing when the save changed nothing for it. */
export const ANSWER_EXPECTED_WITHIN = 10_000;
export const NO_ACCESS = { sync: false, help: false, visible: false };
/** Which of the rep's fields this user may edit, by object and field access. */
export function editAccess({ updateable, fields }) {
  const may = (name) => updateable && !!fields[EDIT_FIELDS[name].fieldApiName]?.updateable;
  return { sync: may('sync'), help: may('help'), visible: may('visible') };
}
/** Asks before a step that Partner Center cannot take back, and says what the deal becomes. */
export function confirmUpgrade(kind) {
  const [label, message] = kind === 'Cosell' ? [INVITE_TITLE, INVITE_MESSAGE] : [CONFIRM_TITLE, CONFIRM_MESSAGE];
  return LightningConfirm.open({ label, message, theme: 'warning' });
}
/** Stores one edit; an empty choice is stored as no value. */
export async function saveEdit(recordId, { name, value }) {
  await updateRecord({ fields: { Id: recordId, [EDIT_FIELDS[name].fieldApiName]: value === '' ? null : value } });
}
/** Says that nothing was saved, and why. */
export function failureToast(error) {
  const message = reduceErrors(error).join(' ');
  return new ShowToastEvent({ title: SAVE_FAILED, message, variant: 'error', mode: 'sticky' });
}
/** The drafts that are left when the named ones are settled. */
export function without(drafts, names) {
  const settled = new Set(names);
  return Object.fromEntries(Object.entries(drafts).filter(([name]) => !settled.has(name)));
}
