import { describe, expect, it } from 'vitest';
import type { Json } from './helpers.js';
import { bench, contact, deal, member, merge, REFERRALS } from './helpers.js';

const replace = (path: string, value: unknown): object => ({ op: 'replace', path, value });
const VISIBLE = '/consent/consentToShareReferralWithMicrosoftSellers';

describe('changing a referral', () => {
  it.each<[string, unknown, (referral: Json) => unknown, unknown]>([
    ['/campaignId', 'C-1', (r) => r.campaignId, 'C-1'],
    [VISIBLE, true, (r) => r.consent.consentToShareReferralWithMicrosoftSellers, true],
    ['/customerProfile/team', [contact, contact], (r) => r.customerProfile.team.length, 2],
    ['/details/closingDateTime', '2026-12-24T10:00:00+02:00', (r) => r.details.closingDateTime, '2026-12-24T08:00:00Z'],
    ['/details/currency', 'USD', (r) => r.details.currency, 'USD'],
    ['/details/dealValue', 10.5, (r) => r.details.dealValue, 10.5],
    ['/details/notes', 'New', (r) => r.details.notes, 'New'],
    ['/details/notes', null, (r) => r.details.notes, null],
    [
      '/details/requirements/solutions',
      [{ id: 'SOL-11937-QRS' }],
      (r) => r.details.requirements.solutions[0].name,
      'Contoso Field Service Planner'
    ],
    ['/externalReferenceId', '006X', (r) => r.externalReferenceId, '006X'],
    ['/referralProgram', 'P', (r) => r.referralProgram, 'P'],
    ['/salesStage', 'Propose', (r) => r.salesStage, 'Propose'],
    ['/statusReason', 'Why', (r) => r.statusReason, 'Why'],
    ['/team', [member, member], (r) => r.team.length, 2]
  ])('rule 14: %s takes %j', async (path, value, read, expected) => {
    const b = await bench();
    const own = await b.create();
    expect((await b.patch(own.id, [replace(path, value)])).status).toBe(204);
    expect(read(await b.read(own.id))).toEqual(expected);
  });

  it.each<[string, unknown, (referral: Json) => unknown, unknown]>([
    [
      '/team/-',
      { ...member, email: 'b@cosell.example' },
      (r) => r.team.map((m: Json) => m.email),
      [member.email, 'b@cosell.example']
    ],
    ['/customerProfile/team/-', contact, (r) => r.customerProfile.team.length, 2],
    ['/details/requirements/solutions/-', { id: 'SOL-11937-QRS' }, (r) => r.details.requirements.solutions.length, 2],
    ['/campaignId', 'C-2', (r) => r.campaignId, 'C-2']
  ])('rule 14: add %s', async (path, value, read, expected) => {
    const b = await bench();
    const own = await b.create();
    expect((await b.patch(own.id, [{ op: 'add', path, value }])).status).toBe(204);
    expect(read(await b.read(own.id))).toEqual(expected);
  });

  it.each<[string, unknown, string | null]>([
    ['an object', { path: '/details/notes', value: 'x' }, null],
    ['no operation', [], null],
    ['a word as operation', ['x'], '[0]'],
    ['remove', [{ op: 'remove', path: '/details/notes' }], '[0].op'],
    ['test', [{ op: 'test', path: '/details/notes', value: 'x' }], '[0].op'],
    ['replace at the end of a list', [replace('/team/-', member)], '[0].op'],
    ['a path outside the list', [replace('/name', 'x')], '[0].path'],
    ['a path of another case', [replace('/Details/Notes', 'x')], '[0].path'],
    ['a place inside a list', [replace('/team/0/email', 'x@y.example')], '[0].path'],
    ['a property of the prototype', [replace('/constructor', 'x')], '[0].path'],
    ['no value', [{ op: 'replace', path: '/details/notes' }], '[0].value'],
    ['a wrong type', [replace('/details/notes', 5)], 'details.notes'],
    ['an unknown currency', [replace('/details/currency', 'XXY')], 'details.currency'],
    ['an empty team', [replace('/team', [])], 'team'],
    ['an unknown sales stage', [replace('/salesStage', 'Dream')], 'salesStage'],
    [
      'an unknown solution',
      [replace('/details/requirements/solutions', [{ id: 'SOL-0' }])],
      'details.requirements.solutions[0].id'
    ]
  ])('rule 14: %s is refused', async (_case, operations, target) => {
    const b = await bench();
    const own = await b.create();
    const answer = await b.patch(own.id, operations);
    expect([answer.status, answer.body.error.code, answer.body.error.target]).toEqual([400, 'invalidRequest', target]);
    expect((await b.read(own.id)).eTag).toBe(own.eTag);
  });

  it('rule 14: one bad operation leaves the good ones undone', async () => {
    const b = await bench();
    const own = await b.create();
    expect((await b.patch(own.id, [replace('/details/notes', 'x'), replace('/details/dealValue', -1)])).status).toBe(
      400
    );
    expect(await b.read(own.id)).toEqual(own);
  });

  it('rule 14: with the open list the name can be changed', async () => {
    const b = await bench({ patchPathsClosed: false });
    const own = await b.create();
    expect((await b.patch(own.id, [replace('/name', 'Other')])).status).toBe(204);
    expect((await b.read(own.id)).name).toBe('Other');
  });

  it('rule 14: an operation without op replaces', async () => {
    const b = await bench();
    const own = await b.create();
    expect((await b.patch(own.id, [{ path: '/details/notes', value: 'x' }])).status).toBe(204);
  });

  it('rule 14: another content type is 415', async () => {
    const b = await bench();
    const own = await b.create();
    const headers = { 'content-type': 'application/json-patch+json' };
    expect((await b.patch(own.id, [replace('/details/notes', 'x')], headers)).status).toBe(415);
  });

  it.each(['10000', '10000.50'])('rule 15: the value may be the string %s', async (value) => {
    const b = await bench();
    const own = await b.create();
    await b.patch(own.id, [replace('/details/dealValue', value)]);
    expect((await b.read(own.id)).details.dealValue).toBe(Number(value));
  });

  it('rule 16: 204 without a body, or the resource when it is preferred', async () => {
    const b = await bench();
    const own = await b.create();
    const plain = await b.patch(own.id, [replace('/details/notes', 'x')]);
    expect([plain.status, plain.body]).toEqual([204, undefined]);
    const full = await b.patch(own.id, [replace('/details/notes', 'y')], { prefer: 'return=representation' });
    expect([full.status, full.body.details.notes, full.headers['etag']]).toEqual([200, 'y', full.body.eTag]);
  });

  it.each(['preconditionFailed', 'resourceModified'] as const)(
    'rule 17: a stale If-Match is 412 %s',
    async (staleCode) => {
      const b = await bench({ staleCode });
      const own = await b.create();
      const change = [replace('/details/notes', 'x')];
      expect((await b.patch(own.id, change, { 'if-match': own.eTag })).status).toBe(204);
      const stale = await b.patch(own.id, change, { 'if-match': own.eTag });
      expect([stale.status, stale.body.error.code]).toEqual([412, staleCode]);
    }
  );

  it.each(['{tag without quotes}', 'W/"x"', '""'])('rule 17: %s is no version of it', async (tag) => {
    const b = await bench();
    const own = await b.create();
    const headers = { 'if-match': tag === '{tag without quotes}' ? own.eTag.replaceAll('"', '') : tag };
    expect((await b.patch(own.id, [replace('/details/notes', 'x')], headers)).status).toBe(412);
  });

  it('rule 17: PUT needs If-Match', async () => {
    const b = await bench();
    const own = await b.create();
    const put = (headers: Record<string, string>) => {
      const body = merge(merge(deal(), { name: 'Renamed' }), {
        status: 'Active',
        substatus: 'Accepted',
        mpnId: own.mpnId
      });
      return b.call('PUT', `${REFERRALS}/${own.id}`, { body, headers });
    };
    const statuses = [(await put({})).status, (await put({ 'if-match': '"x"' })).status];
    const done = await put({ 'if-match': own.eTag });
    expect([...statuses, done.status, done.body.name]).toEqual([400, 412, 200, 'Renamed']);
  });

  it('rule 18: every write moves eTag and updatedDateTime, even on a clock that stands still', async () => {
    const b = await bench();
    const own = await b.create();
    const seen = new Set([own.eTag]);
    let last = own.updatedDateTime;
    for (let turn = 0; turn < 5; turn += 1) {
      const { body } = await b.patch(own.id, [replace('/details/notes', 'same')], { prefer: 'return=representation' });
      seen.add(body.eTag);
      expect(body.updatedDateTime > last || last.endsWith(':00Z')).toBe(true);
      last = body.updatedDateTime;
    }
    expect(seen.size).toBe(6);
  });
});
