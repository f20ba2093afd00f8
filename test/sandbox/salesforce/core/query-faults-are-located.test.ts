import { describe, expect, it } from 'vitest';
import { errorOf, newOrg } from './org-fixture.js';

/** Query, the place of its fault, and what is said about it. */
const faults: readonly [string, string, string][] = [
  ['SELECT Id FORM Account', '1:16', "unexpected token: 'Account'"],
  ['SELECT Id FROM Account WHERE', '1:29', "unexpected token: '<EOF>'"],
  ['SELECT Name FROM Account WERE Name = null', '1:31', "unexpected token: 'Name'"],
  ['SELECT Id\nFROM Account\nLIMIT x', '3:7', "unexpected token: 'x'"],
  ['SELECT * FROM Account', '1:8', "unexpected token: '*'"],
  ['SELECT Id, FROM Account', '1:12', "unexpected token: 'FROM'"]
];

describe('a query that cannot be read', () => {
  it.each(faults)('%s', (soql, place, message) => {
    const { org, admin } = newOrg();
    const error = errorOf(() => org.data.query(admin, soql));
    const [row = '', column = ''] = place.split(':');
    expect(error.errorCode).toBe('MALFORMED_QUERY');
    expect(error.message).toContain(`^\nERROR at Row:${row}:Column:${column}\n${message}`);
  });

  it.each([
    ["SELECT Id FROM Account WHERE Name = 'open", "line 1:41 mismatched character '<EOF>' expecting '''"],
    ['SELECT Id FROM Account WHERE Name = #', "line 1:36 no viable alternative at character '#'"]
  ])('%s', (soql, message) => {
    const { org, admin } = newOrg();
    expect(errorOf(() => org.data.query(admin, soql)).message).toBe(message);
  });
});
