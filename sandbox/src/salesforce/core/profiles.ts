/** What a profile grants before permission sets add to it. Profiles cannot be deployed to the stand-in. */
export interface ProfileDefinition {
  name: string;
  admin: boolean;
  /** Objects with read, create, edit and delete. */
  full: readonly string[];
  /** Objects with read only. */
  readOnly: readonly string[];
}

const sales = ['Account', 'Contact', 'Opportunity', 'OpportunityContactRole', 'OpportunityTeamMember'];
const selling = [...sales, 'OpportunityLineItem', 'Order', 'OrderItem', 'Lead', 'Note'];

export const profiles: readonly ProfileDefinition[] = [
  { name: 'System Administrator', admin: true, full: [], readOnly: [] },
  { name: 'Standard User', admin: false, full: selling, readOnly: ['Product2', 'Pricebook2', 'PricebookEntry'] },
  { name: 'Read Only', admin: false, full: [], readOnly: [...selling, 'Product2', 'Pricebook2', 'PricebookEntry'] },
  { name: 'Minimum Access - Salesforce', admin: false, full: [], readOnly: [] }
];

export function profileNamed(name: string): ProfileDefinition | undefined {
  return profiles.find((profile) => profile.name === name);
}
