/**
 * Changes to follow: the entities that the package selects for change events (force-app/cdc). Accounts, contacts and the
 * opportunity team are left to polling, because an org has five entities for all its subscribers.
 */
export const changeTopics: readonly string[] = [
  '/data/OpportunityChangeEvent',
  '/data/Opportunity_Microsoft_Solution__ChangeEvent'
];
