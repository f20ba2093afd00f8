import { addressFields, cosellFields, personFields, standardFields, teamObject } from './fields.js';
import { issueKeyField, issueObject } from './issue-record.js';
import type { OrgShape } from './org-shape.js';
import { quoted } from './query.js';

/** Toggled by a rep, or already coupled: a referral stays in view when the toggle is taken back. */
function scope(prefix = ''): string {
  return `(${prefix}Sync_with_Partner_Center__c = true OR ${prefix}Referral_Identifier__c != null)`;
}

function through(relationship: string, fields: readonly string[]): string[] {
  return fields.map((field) => `${relationship}.${field}`);
}

/** A kind of child row of an opportunity, as the left document needs it. */
export interface ChildPart {
  /** Name of the sub-query and of its member in a row. */
  relationship: 'OpportunityContactRoles' | 'Microsoft_Solutions__r' | 'OpportunityTeamMembers' | 'Cosell_Issues__r';
  object: string;
  /** Field that holds the opportunity's id, and the relationship it stands for. */
  parentId: string;
  parent: string;
  columns: readonly string[];
  /** Condition on the child itself. */
  where?: string;
  order: string;
}

/** The children of an opportunity in this org. */
export function childParts(shape: OrgShape): ChildPart[] {
  const solutions = ['Solution_Identifier__c', 'Name', 'Type__c', 'Publisher_Name__c'];
  const opportunity = { parentId: 'OpportunityId', parent: 'Opportunity' };
  const parts: ChildPart[] = [
    {
      relationship: 'OpportunityContactRoles',
      object: 'OpportunityContactRole',
      ...opportunity,
      columns: ['Role', 'IsPrimary', ...through('Contact', personFields)],
      order: 'IsPrimary DESC, Id'
    },
    {
      relationship: 'Microsoft_Solutions__r',
      object: 'Opportunity_Microsoft_Solution__c',
      parentId: 'Opportunity__c',
      parent: 'Opportunity__r',
      columns: through('Microsoft_Solution__r', solutions),
      order: 'Id'
    },
    {
      relationship: 'Cosell_Issues__r',
      object: issueObject,
      parentId: 'Opportunity__c',
      parent: 'Opportunity__r',
      columns: [issueKeyField, 'Resolution__c', 'LastModifiedDate', 'LastModifiedBy.Name'],
      where: "Status__c != 'Resolved'",
      order: 'Id'
    }
  ];
  const team: ChildPart = {
    relationship: 'OpportunityTeamMembers',
    object: teamObject,
    ...opportunity,
    columns: through('User', personFields),
    order: 'Id'
  };
  return shape.teams ? [...parts, team] : parts;
}

/** Columns of the opportunity itself and of its parents. */
export function opportunityColumns(shape: OrgShape, extraFields: readonly string[]): string[] {
  const columns = new Set<string>([
    'Id',
    ...standardFields,
    ...cosellFields,
    ...(shape.multiCurrency ? ['CurrencyIsoCode'] : []),
    ...extraFields,
    ...through('Account', ['Name', ...addressFields, ...(shape.countryCodes ? ['BillingCountryCode'] : [])]),
    ...through('Owner', personFields)
  ]);
  return [...columns];
}

/**
 * `SELECT … FROM Opportunity` with everything the left document holds. Child rows ride along as sub-queries, so that a
 * page is a complete read and costs one call.
 * @param deletedToo for queryAll, which would give the removed children of every opportunity as well
 */
export function opportunitySelect(shape: OrgShape, extraFields: readonly string[], deletedToo = false): string {
  const children = childParts(shape).map(({ columns, relationship, where, order }) => {
    const conditions = [...(where ? [where] : []), ...(deletedToo ? ['IsDeleted = false'] : [])];
    const filter = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    return `(SELECT ${columns.join(', ')} FROM ${relationship}${filter} ORDER BY ${order})`;
  });
  const columns = [...opportunityColumns(shape, extraFields), ...(deletedToo ? ['IsDeleted'] : [])];
  return `SELECT ${[...columns, ...children].join(', ')} FROM Opportunity`;
}

/** The same without sub-queries, which Bulk API 2.0 does not know, in the order of ids. */
export function bulkOpportunityQuery(shape: OrgShape, extraFields: readonly string[]): string {
  return `SELECT ${opportunityColumns(shape, extraFields).join(', ')} FROM Opportunity WHERE ${scope()} ORDER BY Id`;
}

/** The children of the opportunities in scope, in the order of the opportunities' ids. */
export function bulkChildQuery({ columns, object, parentId, parent, where, order }: ChildPart): string {
  const selected = [parentId, ...columns].join(', ');
  const filter = where === undefined ? '' : ` AND ${where}`;
  return `SELECT ${selected} FROM ${object} WHERE ${scope(`${parent}.`)}${filter} ORDER BY ${parentId}, ${order}`;
}

/** All opportunities in scope, or those whose own row or account changed at or after `since` (ISO 8601 UTC). */
export function inScope(since: string | undefined): string {
  const changed = since === undefined ? '' : ` AND (SystemModstamp >= ${since} OR Account.SystemModstamp >= ${since})`;
  // The id breaks ties: SystemModstamp has steps of one second.
  return `WHERE ${scope()}${changed} ORDER BY SystemModstamp, Id`;
}

export function withIds(ids: readonly string[]): string {
  return `WHERE Id IN (${ids.map(quoted).join(', ')})`;
}

interface ChildFeed {
  object: string;
  /** Field that holds the opportunity's id, and the relationship it stands for. */
  parentId: string;
  parent: string;
  /** Record behind the child whose change counts too. */
  lookup?: string;
  /** Which of its rows count. */
  where?: string;
}

const childFeeds: Readonly<Record<string, ChildFeed>> = {
  solutions: {
    object: 'Opportunity_Microsoft_Solution__c',
    parentId: 'Opportunity__c',
    parent: 'Opportunity__r',
    lookup: 'Microsoft_Solution__r'
  },
  contacts: { object: 'OpportunityContactRole', parentId: 'OpportunityId', parent: 'Opportunity', lookup: 'Contact' },
  team: { object: teamObject, parentId: 'OpportunityId', parent: 'Opportunity' },
  // Our own rows are no news; an answer that a person gave is.
  issues: {
    object: issueObject,
    parentId: 'Opportunity__c',
    parent: 'Opportunity__r',
    where: "Resolution__c != null AND Status__c != 'Resolved'"
  }
};

/**
 * Feeds that only say "look at this opportunity", by name; run with queryAll, because a removed child is a change too.
 * Each row holds the opportunity's id in `parentIdOf(name)`.
 */
export function childChangeQueries(shape: OrgShape, since: string): Record<string, string> {
  const queries: Record<string, string> = {};
  for (const [name, feed] of Object.entries(childFeeds)) {
    if (feed.object === teamObject && !shape.teams) continue;
    const stamps = ['SystemModstamp', ...(feed.lookup ? [`${feed.lookup}.SystemModstamp`] : [])];
    const changed = stamps.map((stamp) => `${stamp} >= ${since}`).join(' OR ');
    const filter = feed.where === undefined ? '' : ` AND ${feed.where}`;
    const conditions = `${scope(`${feed.parent}.`)} AND (${changed})${filter}`;
    queries[name] = `SELECT ${feed.parentId} FROM ${feed.object} WHERE ${conditions}`;
  }
  return queries;
}

export function parentIdOf(name: string): string {
  return childFeeds[name]?.parentId ?? 'Id';
}
