import { LightningElement, api } from 'lwc';
import SECTION_TITLE from '@salesforce/label/c.Cosell_Section_Title';

export default class CosellSection extends LightningElement {
  @api recordId;
  label = SECTION_TITLE;
}
