import SECTION_TITLE from '@salesforce/label/c.Cosell_Section_Title';
import SAVING from '@salesforce/label/c.Cosell_Saving';
import NO_FIELDS_TEXT from '@salesforce/label/c.Cosell_No_Fields';
import NO_ACCESS_TEXT from '@salesforce/label/c.Cosell_No_Access';
export const LABELS = { SECTION_TITLE, SAVING, NO_FIELDS_TEXT, NO_ACCESS_TEXT };
