import { describe, expect, it } from 'vitest';
import { errorOf, newOrg } from './org-fixture.js';

const refusals: readonly [string, string, string][] = [
  ['SELECT Nope FROM Account', 'INVALID_FIELD', "No such column 'Nope' on entity 'Account'. If you are attempting"],
  ['SELECT Id FROM Account WHERE Nope = 1', 'INVALID_FIELD', "No such column 'Nope' on entity 'Account'"],
  ['SELECT Id FROM Account ORDER BY Nope', 'INVALID_FIELD', "No such column 'Nope'"],
  ['SELECT Nope.Name FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Nope' in field path"],
  ['SELECT Id, (SELECT Id FROM Nopes) FROM Account', 'INVALID_FIELD', "Didn't understand relationship 'Nopes'"],
  ['SELECT Id, Id FROM Account', 'INVALID_FIELD', 'duplicate field selected: Id'],
  ['SELECT Id FROM Account WHERE Description = null', 'INVALID_FIELD', 'can not be filtered in a query call'],
  ['SELECT Id FROM Account ORDER BY Description', 'INVALID_FIELD', 'can not be sorted in a query call'],
  ['SELECT Id FROM Nope', 'INVALID_TYPE', "sObject type 'Nope' is not supported"],
  ['SELECT Id FROM ScratchOrgInfo', 'INVALID_TYPE', "sObject type 'ScratchOrgInfo' is not supported"],
  [
    'SELECT Id FROM Opportunity WHERE Amount = 1 AND IsWon = true OR IsClosed = true',
    'MALFORMED_QUERY',
    'unexpected token: OR'
  ],
  [
    'SELECT Id FROM Opportunity WHERE Amount = 1 OR IsWon = true AND IsClosed = true',
    'MALFORMED_QUERY',
    'unexpected token: AND'
  ],
  ['SELECT Id Account', 'MALFORMED_QUERY', 'unexpected token'],
  ['SELEC Id FROM Account', 'MALFORMED_QUERY', 'unexpected token: SELEC'],
  ['', 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null'],
  ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'must have a LIMIT of at most 200'],
  ['SELECT FIELDS(CUSTOM) FROM Account LIMIT 201', 'MALFORMED_QUERY', 'must have a LIMIT of at most 200'],
  ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
  [
    'SELECT Name, COUNT(Id) FROM Account GROUP BY Industry',
    'MALFORMED_QUERY',
    'Field must be grouped or aggregated: Name'
  ],
  [
    'SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry ORDER BY Name',
    'MALFORMED_QUERY',
    'Ordered field must be grouped'
  ],
  ['SELECT COUNT(Id) FROM Account HAVING COUNT(Id) > 1', 'MALFORMED_QUERY', 'HAVING'],
  ['SELECT Name n FROM Account', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
  [
    'SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account',
    'MALFORMED_QUERY',
    'aggregate functions are not allowed'
  ],
  ['SELECT Description FROM Account GROUP BY Description', 'MALFORMED_QUERY', 'can not be grouped'],
  ['SELECT SUM(Name) FROM Account', 'INVALID_FIELD', 'does not support aggregate operator SUM'],
  [
    "SELECT Id FROM Opportunity WHERE Amount = '5'",
    'INVALID_FIELD',
    "field 'Amount' must be of type double and should not be enclosed"
  ],
  [
    'SELECT Id FROM Opportunity WHERE Name = 5',
    'INVALID_FIELD',
    "field 'Name' must be of type string and should be enclosed in quotes"
  ],
  [
    "SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'",
    'INVALID_FIELD',
    'must be of type date and should not be enclosed'
  ],
  ['SELECT Id FROM Opportunity WHERE CloseDate > 2026-01-01T00:00:00Z', 'INVALID_FIELD', 'must be of type date'],
  ['SELECT Id FROM Opportunity WHERE SystemModstamp > 2026-01-01', 'INVALID_FIELD', 'must be of type dateTime'],
  ["SELECT Id FROM Opportunity WHERE IsWon = 'true'", 'INVALID_FIELD', 'must be of type boolean'],
  ["SELECT Id FROM Opportunity WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: x'],
  [
    "SELECT Id FROM Opportunity WHERE AccountId LIKE '001%'",
    'INVALID_QUERY_FILTER_OPERATOR',
    'invalid operator on id field'
  ],
  [
    "SELECT Id FROM Opportunity WHERE Name INCLUDES ('a')",
    'INVALID_QUERY_FILTER_OPERATOR',
    'invalid operator on string field'
  ],
  [
    "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
    'MALFORMED_QUERY',
    "'OR' operator"
  ],
  [
    'SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)',
    'INVALID_FIELD',
    'can only select ID or reference fields'
  ],
  ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000']
];

describe('a query is refused', () => {
  it.each(refusals)('%s', (soql, code, part) => {
    const { org, admin } = newOrg();
    const error = errorOf(() => org.data.query(admin, soql));
    expect([error.status, error.errorCode]).toEqual([400, code]);
    expect(error.message).toContain(part);
  });

  it('with the place of the fault', () => {
    const { org, admin } = newOrg();
    const error = errorOf(() => org.data.query(admin, 'SELECT Id, Nope FROM Account'));
    expect(error.message.split('\n').slice(0, 4)).toEqual([
      '',
      'SELECT Id, Nope FROM Account',
      '           ^',
      'ERROR at Row:1:Column:12'
    ]);
  });
});
