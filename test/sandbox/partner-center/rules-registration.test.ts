import { describe, expect, it } from 'vitest';
import type { Bench, Json } from './helpers.js';
import { bench, merge } from './helpers.js';

const DAY = 86_400_000;

function registration(change: object = {}): Json {
  return merge(
    {
      type: 'AzureIPCoSell',
      contract: {
        term: 'Perpetual',
        value: 30_000,
        currency: 'USD',
        startDateTime: '2026-01-01',
        signDateTime: '2026-01-02'
      },
      solutionDetails: [
        {
          id: 'SOL-10482-KLM',
          currency: 'USD',
          value: 30_000,
          isDeployedOnAzure: true,
          primaryDeploymentOn: 'Customer',
          pricingModel: 'Other'
        }
      ]
    },
    change
  );
}

const add = (value: unknown): object[] => [{ op: 'add', path: '/registrations/-', value }];

async function won(b: Bench, change: object = {}): Promise<Json> {
  const own = await b.create(change);
  await b.patch(own.id, [
    { path: '/status', value: 'Closed' },
    { path: '/substatus', value: 'Won' }
  ]);
  return own;
}

describe('registering deals', () => {
  it('rule 34: a won shared deal is registered and corrected', async () => {
    const b = await bench();
    const { id } = await won(b);
    expect((await b.patch(id, add(registration()))).status).toBe(204);
    const answer = await b.patch(id, [{ op: 'replace', path: '/registrations/0/contract/value', value: 40_000 }]);
    expect(answer.status).toBe(204);
    const row = await b.read(id);
    expect([row.registrationStatus, row.registrations.length, row.registrations[0].contract.value]).toEqual([
      'ReviewPending',
      1,
      40_000
    ]);
    expect(row.registrations[0].solutionDetails[0].name).toBe('Contoso Demand Forecasting');
  });

  it.each<[string, object]>([
    ['a small value', { contract: { value: 24_999 } }],
    ['a value that is small in dollars', { contract: { value: 3_000_000, currency: 'JPY' } }],
    ['an old signature', { contract: { signDateTime: new Date(Date.UTC(2026, 0, 5) - 61 * DAY).toISOString() } }],
    ['no signature', { contract: { signDateTime: null } }],
    ['a finite term without end', { contract: { term: 'Finite' } }],
    ['an unknown term', { contract: { term: 'Endless' } }],
    ['a solution that is not eligible', { solutionDetails: [{ id: 'SOL-12345-ABC' }] }],
    ['a solution that is not on the deal', { solutionDetails: [{ id: 'SOL-11937-QRS' }] }],
    ['no solution', { solutionDetails: [] }]
  ])('rule 34: %s is refused', async (_case, change) => {
    const b = await bench();
    const { id } = await won(b);
    expect((await b.patch(id, add(registration(change)))).status).toBe(400);
    expect((await b.read(id)).registrations).toEqual([]);
  });

  it('rule 34: an open, a lost and a private deal are refused', async () => {
    const b = await bench();
    const open = await b.create();
    const lost = await b.create();
    await b.patch(lost.id, [
      { path: '/status', value: 'Closed' },
      { path: '/substatus', value: 'Lost' }
    ]);
    const alone = await won(b, { type: 'Independent', target: [] });
    for (const { id } of [open, lost, alone]) expect((await b.patch(id, add(registration()))).status).toBe(400);
  });

  it('rule 34: a second registration, and one mixed with other changes, are refused', async () => {
    const b = await bench();
    const { id } = await won(b);
    expect((await b.patch(id, [...add(registration()), { path: '/details/notes', value: 'x' }])).status).toBe(400);
    await b.patch(id, add(registration()));
    expect((await b.patch(id, add(registration()))).status).toBe(400);
  });

  it('rule 34: the paths of the contract with slashes behind the id work', async () => {
    const b = await bench();
    const { id } = await won(b);
    expect((await b.patch(`${id}/`, add(registration()))).status).toBe(204);
    expect((await b.patch(`${id}//`, [{ path: '/registrations/0/contract/term', value: 'Perpetual' }])).status).toBe(
      204
    );
  });
});
