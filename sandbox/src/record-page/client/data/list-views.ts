import { listUrl } from './router.js';

/** A list view: which records of an object it holds, as a filter of the GraphQL API. */
export interface ListView {
  /** API name, as it stands in the address after `filterName=`. */
  name: string;
  label: string;
  where: Readonly<Record<string, unknown>>;
}

const ALL: ListView = { name: 'All', label: 'All', where: {} };
const WAITING = { Referral_Status__c: { eq: 'New' }, Sync_with_Partner_Center__c: { eq: true } };

/** The first two of opportunities are those that the package ships; the offers are the demo org's own. */
const views: Readonly<Record<string, readonly ListView[]>> = {
  Opportunity: [
    ALL,
    {
      name: 'Cosell_Shared_with_Microsoft',
      label: 'Shared with Microsoft',
      where: { Sync_with_Partner_Center__c: { eq: true } }
    },
    { name: 'Incoming_Deals', label: 'Incoming deals', where: WAITING },
    {
      name: 'Cosell_Needs_Attention',
      label: 'Needs attention',
      where: { Cosell_Sync_State__c: { in: ['Attention', 'Conflict', 'Error'] } }
    }
  ],
  Lead: [
    ALL,
    { name: 'Leads_from_Microsoft', label: 'From Microsoft', where: { Referral_Origin__c: { eq: 'Microsoft' } } }
  ]
};

export const listViews = (objectApiName: string): readonly ListView[] => views[objectApiName] ?? [ALL];

/** The view that an address asks for; all records when it knows no such view. */
export const listView = (objectApiName: string, name: string): ListView =>
  listViews(objectApiName).find((view) => view.name === name) ?? ALL;

export const listViewUrl = (objectApiName: string, { name }: ListView): string =>
  name === ALL.name ? listUrl(objectApiName) : `${listUrl(objectApiName)}?filterName=${name}`;
