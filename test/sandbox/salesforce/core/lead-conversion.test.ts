import { Connection } from '@jsforce/jsforce-node';
import { afterEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../sandbox/src/salesforce/core/contract.js';
import { addFirstStage } from '../../../../sandbox/src/salesforce/core/opportunity-stages.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { startSalesforce, type RunningSalesforce } from '../../../../sandbox/src/salesforce/server.js';
import { fiscalQuarterEnd } from '../../../../sandbox/src/salesforce/soap/fiscal-quarter.js';
import { ADMIN, addUser, codeOf, SELLER, START } from './org-fixture.js';

let running: RunningSalesforce | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const LEAD = {
  FirstName: 'Nellie',
  LastName: 'Cash',
  Company: 'Acme',
  Title: 'CTO',
  Email: 'nellie@acme.example',
  Phone: '1',
  City: 'Delft',
  Country: 'NL',
  LeadSource: 'Web',
  Description: 'Met at a fair'
};

interface Desk {
  org: OrgHandle;
  admin: Session;
  lead: string;
  convert: (values?: object) => Promise<Record<string, unknown>>;
}

async function desk(): Promise<Desk> {
  running = await startSalesforce({ port: 0, now: () => START });
  const { org, url } = running;
  const admin = org.sessionFor(ADMIN);
  const connection = new Connection({
    instanceUrl: url,
    accessToken: org.auth.issueAccessToken(ADMIN),
    version: '66.0'
  });
  const lead = org.data.create(admin, 'Lead', LEAD);
  const convert = async (values: object = {}): Promise<Record<string, unknown>> => {
    const request = { leadId: lead, convertedStatus: 'Closed - Converted', ...values };
    return (await connection.soap.convertLead(request)) as Record<string, unknown>;
  };
  return { org, admin, lead, convert };
}

const row = ({ org, admin }: Desk, object: string, id: unknown): Record<string, unknown> =>
  org.data.retrieve(admin, object, String(id), []);

describe('convertLead, called by jsforce', () => {
  it('begins with the first stage of the list, also with one that was added in Setup', async () => {
    const made = await desk();
    addFirstStage(made.org, ADMIN, 'On Hold', 10);
    addFirstStage(made.org, ADMIN, 'On Hold', 10);
    const { opportunityId } = await made.convert();
    expect(row(made, 'Opportunity', opportunityId)).toMatchObject({
      StageName: 'On Hold',
      Probability: 10,
      IsClosed: false
    });
    const stages = made.org.data.query(
      made.admin,
      'SELECT ApiName FROM OpportunityStage ORDER BY SortOrder LIMIT 2'
    ).records;
    expect(stages).toMatchObject([{ ApiName: 'On Hold' }, { ApiName: 'Prospecting' }]);
    const listed = made.org.schema.field('Opportunity', 'StageName')?.picklist?.values.map(({ value }) => value);
    expect(listed?.filter((value) => value === 'On Hold')).toEqual(['On Hold']);
    expect(listed?.[0]).toBe('On Hold');
  });

  it('makes an account, a contact and an opportunity of a lead', async () => {
    const made = await desk();
    const result = await made.convert();
    expect(result).toMatchObject({ success: true, leadId: made.lead });
    const { accountId, contactId, opportunityId } = result;
    expect(row(made, 'Account', accountId)).toMatchObject({ Name: 'Acme', Phone: '1', BillingCity: 'Delft' });
    expect(row(made, 'Contact', contactId)).toMatchObject({
      Name: 'Nellie Cash',
      Email: 'nellie@acme.example',
      AccountId: accountId,
      MailingCountry: 'NL',
      Description: 'Met at a fair'
    });
    expect(row(made, 'Opportunity', opportunityId)).toMatchObject({
      Name: 'Acme',
      StageName: 'Prospecting',
      CloseDate: '2026-03-31',
      AccountId: accountId,
      LeadSource: 'Web'
    });
    const roles = made.org.data.query(made.admin, 'SELECT ContactId, IsPrimary FROM OpportunityContactRole').records;
    expect(roles).toMatchObject([{ ContactId: contactId, IsPrimary: true }]);
    expect(row(made, 'Lead', made.lead)).toMatchObject({
      IsConverted: true,
      Status: 'Closed - Converted',
      ConvertedDate: '2026-03-02',
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
      ConvertedOpportunityId: opportunityId
    });
  });

  it('fills only the empty fields of an account and a contact that are there', async () => {
    const made = await desk();
    const account = made.org.data.create(made.admin, 'Account', { Name: 'Old name', Phone: '9' });
    const contact = made.org.data.create(made.admin, 'Contact', {
      LastName: 'Old',
      AccountId: account,
      LeadSource: 'Other'
    });
    const values = { accountId: account, contactId: contact, doNotCreateOpportunity: true, overwriteLeadSource: true };
    expect(await made.convert(values)).toMatchObject({ success: true, accountId: account, contactId: contact });
    expect(row(made, 'Account', account)).toMatchObject({ Name: 'Old name', Phone: '9', BillingCity: 'Delft' });
    expect(row(made, 'Contact', contact)).toMatchObject({ LastName: 'Old', Title: 'CTO', LeadSource: 'Web' });
    expect(made.org.data.query(made.admin, 'SELECT COUNT() FROM Opportunity').totalSize).toBe(0);
  });

  it('gives the new records to the owner and the name that are asked for', async () => {
    const made = await desk();
    const { userId } = addUser(made.org, SELLER);
    const { opportunityId } = await made.convert({ ownerId: userId, opportunityName: 'Big deal' });
    expect(row(made, 'Opportunity', opportunityId)).toMatchObject({ Name: 'Big deal', OwnerId: userId });
  });

  const refusals: readonly [string, (made: Desk) => object, string][] = [
    ['a status that does not convert', () => ({ convertedStatus: 'Open - Not Contacted' }), 'INVALID_STATUS'],
    ['no status', () => ({ convertedStatus: '' }), 'INVALID_STATUS'],
    ['an id that is none', () => ({ leadId: 'x' }), 'INVALID_ID_FIELD'],
    ['a lead that is not there', () => ({ leadId: '00Q5g0000000zzzAAA'.slice(0, 15) }), 'INVALID_CROSS_REFERENCE_KEY'],
    [
      'a contact without its account',
      ({ org, admin }) => ({ contactId: org.data.create(admin, 'Contact', { LastName: 'Other' }) }),
      'INVALID_CROSS_REFERENCE_KEY'
    ]
  ];
  it.each(refusals)('refuses %s and makes nothing', async (_what, values, statusCode) => {
    const made = await desk();
    const before = values(made);
    expect(await made.convert(before)).toMatchObject({ success: false, errors: [{ statusCode }] });
    expect(made.org.data.query(made.admin, 'SELECT COUNT() FROM Account').totalSize).toBe(0);
    expect(row(made, 'Lead', made.lead)).toMatchObject({ IsConverted: false });
  });

  it('converts once, and keeps the lead as it was', async () => {
    const made = await desk();
    await made.convert();
    expect(await made.convert()).toMatchObject({
      success: false,
      errors: [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD', message: 'cannot reference converted lead' }]
    });
    expect(codeOf(() => made.org.data.update(made.admin, 'Lead', made.lead, { Title: 'x' }))).toBe(
      'CANNOT_UPDATE_CONVERTED_LEAD'
    );
  });

  it('counts as an API call, and is refused when the allocation is used up', async () => {
    const { org, convert } = await desk();
    const used = org.usage.used;
    await convert();
    expect(org.usage.used).toBe(used + 1);
    org.faults.limitExhausted = true;
    await expect(convert()).rejects.toThrow('REQUEST_LIMIT_EXCEEDED');
  });

  it.each([
    ['another operation', '<merge xmlns="urn:partner.soap.sforce.com"/>', true, 'UNKNOWN_EXCEPTION'],
    ['an unknown session', '<convertLead xmlns="urn:partner.soap.sforce.com"/>', false, 'INVALID_SESSION_ID']
  ])('answers a fault to %s', async (_what, operation, known, code) => {
    const { org } = await desk();
    const session = known ? org.auth.issueAccessToken(ADMIN) : 'nobody';
    const header = `<s:Header><SessionHeader><sessionId>${session}</sessionId></SessionHeader></s:Header>`;
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">${header}<s:Body>${operation}</s:Body></s:Envelope>`;
    const answer = await fetch(`${running?.url ?? ''}/services/Soap/u/66.0`, { method: 'POST', body });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain(`<faultcode>sf:${code}</faultcode>`);
  });
});

it.each([
  ['2026-03-31', 1, '2026-03-31'],
  ['2026-04-01', 1, '2026-06-30'],
  ['2026-12-05', 1, '2026-12-31'],
  ['2026-12-05', 2, '2027-01-31'],
  ['2028-01-10', 12, '2028-02-29']
])('the fiscal quarter of %s, year from month %i, ends %s', (day, startMonth, end) => {
  expect(fiscalQuarterEnd(new Date(`${day}T12:00:00Z`), startMonth)).toBe(end);
});
