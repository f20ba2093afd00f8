import { LightningElement, api } from 'lwc';

/** Related tab: contact roles of an opportunity, and the account's address. */
export default class RelatedLists extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  @api objectApiName = '';

  get isOpportunity(): boolean {
    return this.objectApiName === 'Opportunity';
  }
}
