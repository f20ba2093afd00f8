import { describe, expect, it } from 'vitest';
import { addDeal, addUser, call, newOrg, SELLER } from './org-fixture.js';

describe('notes of an opportunity', () => {
  it('are written by a seller, found under the opportunity, changed, and go with it', async () => {
    const { org, admin } = newOrg();
    addUser(org, SELLER);
    const options = { token: org.auth.issueAccessToken(SELLER) };
    const deal = addDeal(org, admin);
    const note = { ParentId: deal, Title: 'Call', Body: 'First line\nSecond line' };
    const { status, body } = await call(org, 'POST', '/sobjects/Note', note, options);
    expect(status).toBe(201);
    const soql = `SELECT Id, (SELECT Title, Body, IsPrivate, Parent.Name FROM Notes) FROM Opportunity WHERE Id = '${deal}'`;
    const found = (await call(org, 'GET', `/query?q=${encodeURIComponent(soql)}`, undefined, options)).body;
    expect(found.records[0].Notes.records).toMatchObject([
      { Title: 'Call', Body: 'First line\nSecond line', IsPrivate: false, Parent: { Name: 'Deal' } }
    ]);
    expect((await call(org, 'PATCH', `/sobjects/Note/${String(body.id)}`, { Title: 'Visit' }, options)).status).toBe(
      204
    );
    org.data.delete(admin, 'Opportunity', deal);
    expect(org.data.query(admin, 'SELECT COUNT() FROM Note').totalSize).toBe(0);
  });

  const refusals: readonly [string, object, string][] = [
    ['no title', { Body: 'x' }, 'REQUIRED_FIELD_MISSING'],
    ['no parent', { Title: 'x', ParentId: null }, 'REQUIRED_FIELD_MISSING'],
    ['a title of 81 characters', { Title: 'x'.repeat(81) }, 'STRING_TOO_LONG'],
    ['an id that is none as parent', { Title: 'x', ParentId: 'x' }, 'MALFORMED_ID']
  ];
  it.each(refusals)('are refused with %s', async (_what, values, errorCode) => {
    const { org, admin } = newOrg();
    const body = { ParentId: addDeal(org, admin), ...values };
    expect(await call(org, 'POST', '/sobjects/Note', body)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  it('stay with their opportunity', async () => {
    const { org, admin } = newOrg();
    const id = org.data.create(admin, 'Note', { ParentId: addDeal(org, admin), Title: 'x' });
    const answer = await call(org, 'PATCH', `/sobjects/Note/${id}`, { ParentId: addDeal(org, admin) });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] });
  });
});
