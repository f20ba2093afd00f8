import { graphql } from 'lightning/graphql';

const value = (text) => ({ value: text });
const connection = (nodes, hasNextPage = false) => ({
  edges: nodes.map((node) => ({ node })),
  pageInfo: { hasNextPage }
});
const answer = (object, nodes, hasNextPage) => ({
  uiapi: { query: { [object]: connection(nodes, hasNextPage) } }
});

/** The queries of the section, told apart by their names. */
const isQuery =
  (name) =>
  ({ query } = {}) =>
    query?.name === name;
export const isAudit = isQuery('cosellAuditTrail');
export const isEntries = isQuery('cosellSolutions');
export const isOpenIssues = isQuery('cosellOpenIssues');
export const isOpenProblems = isQuery('cosellOpenProblems');
export const isCatalogue = isQuery('cosellCatalogue');

export const solution = (number, values = {}) => ({
  Id: `a0100000000000${number}AAA`,
  Name: value(`Solution ${number}`),
  Solution_Identifier__c: value(`SOL-${number}`),
  Publisher_Name__c: value('Contoso'),
  ...values
});

export const emitCatalogue = (...solutions) => graphql.emit(answer('Microsoft_Solution__c', solutions), isCatalogue);

export function emitEntries(solutions, refresh) {
  const nodes = solutions.map((parent, index) => ({ Id: `a0200000000000${index}AAA`, Microsoft_Solution__r: parent }));
  graphql.emit(answer('Opportunity_Microsoft_Solution__c', nodes), isEntries, refresh);
}

export const auditNode = (number, values = {}) => ({
  Id: `a0300000000000${number}AAA`,
  Occurred_At__c: value('2026-03-02T09:00:02.000Z'),
  Direction__c: value('ToPartnerCenter'),
  Action__c: value('updated'),
  Field__c: value(null),
  Old_Value__c: value(null),
  New_Value__c: value(null),
  Outcome__c: value('Success'),
  Message__c: value(null),
  ...Object.fromEntries(Object.entries(values).map(([name, text]) => [name, value(text)]))
});

export const emitAudit = (nodes, { hasMore = false, refresh } = {}) =>
  graphql.emit(answer('Cosell_Audit__c', nodes, hasMore), isAudit, refresh);

/** A field in conflict; `values` replace its own. */
export const issueNode = (number, values = {}) => ({
  Id: `a0400000000000${number}AAA`,
  ...Object.fromEntries(
    Object.entries({
      Kind__c: 'Conflict',
      Code__c: 'CONFLICT',
      Field__c: 'Deal value',
      Salesforce_Value__c: '5',
      Partner_Center_Value__c: '6',
      Agreed_Value__c: '1000',
      Salesforce_Changed_At__c: '2026-03-02T09:00:00.000Z',
      Partner_Center_Changed_At__c: '2026-03-02T09:01:00.000Z',
      Message__c: 'Deal value was changed on both sides.',
      Next_Step__c: 'Keep one.',
      Status__c: 'Open',
      Resolution__c: null,
      ...values
    }).map(([name, text]) => [name, value(text)])
  )
});

export const emitOpenIssues = (nodes, refresh) => graphql.emit(answer('Cosell_Issue__c', nodes), isOpenIssues, refresh);

export const emitOpenProblems = (nodes, refresh) =>
  graphql.emit(answer('Cosell_Issue__c', nodes), isOpenProblems, refresh);
