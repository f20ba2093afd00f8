import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangePage } from '../../../plugin/src/sync/ports.js';
import type { PartnerCenterRig } from '../../support/partner-center.js';
import { dealValues, helpAsked, partnerCenterRig } from '../../support/partner-center.js';
import { acceptAsMicrosoft } from '../../../sandbox/src/partner-center/microsoft/answer.js';
import { collect } from '../../support/salesforce-answers.js';

let rig: PartnerCenterRig;
beforeEach(async () => {
  rig = await partnerCenterRig();
});
afterEach(() => rig.close());

const marker = (n: number): string => `006${String(n).padStart(12, '0')}AAA`;
const markers = (pages: readonly ChangePage[]) =>
  pages.flatMap((page) => page.records.map(({ counterpart }) => counterpart));

async function make(count: number, values = dealValues()): Promise<void> {
  for (let n = 1; n <= count; n += 1) await rig.connector.create(marker(n), values);
}

async function poll(cursor?: string) {
  const before = rig.connector.calls();
  const pages = await collect(rig.connector.changes(cursor));
  return { pages, cursor: pages.at(-1)?.cursor, calls: rig.connector.calls() - before };
}

describe('the Partner Center feed', () => {
  it('gives an empty page with a cursor for an empty service', async () => {
    const { pages, calls } = await poll();
    expect(pages).toEqual([{ records: [], cursor: expect.any(String) }]);
    expect(calls).toBe(1);
  });

  it('reads everything at first, each deal once with both halves', async () => {
    await make(3);
    await rig.connector.create(marker(9), dealValues(helpAsked));
    const { pages, calls } = await poll();
    expect(markers(pages)).toEqual([marker(9), marker(3), marker(2), marker(1)]);
    expect(pages[0]?.records[0]?.document['microsoft']).toMatchObject({ organizationId: 'msft' });
    expect(calls).toBe(1);
  });

  it('walks all pages of a long list', async () => {
    await make(120);
    const { pages, calls } = await poll();
    expect(new Set(markers(pages)).size).toBe(120);
    expect(calls).toBe(2);
  });

  it('costs one call when nothing changed since the cursor', async () => {
    await make(2);
    const { cursor } = await poll();
    rig.center.advance(600_000);
    const later = await poll(cursor);
    expect(later.calls).toBe(1);
    const quiet = await poll(later.cursor);
    expect([quiet.calls, markers(quiet.pages)]).toEqual([1, []]);
  });

  it('stops at the cursor and stays a little behind the server’s time', async () => {
    await make(120);
    rig.center.advance(600_000);
    const { cursor } = await poll();
    expect(Date.parse(cursor ?? '')).toBeLessThan(rig.center.world.clock.now() - 110_000);
    await rig.connector.create(marker(200), dealValues());
    const next = await poll(cursor);
    expect([markers(next.pages), next.calls]).toEqual([[marker(200)], 1]);
  });

  it('shows a change of Microsoft’s half as a change of the deal, wherever the partner’s half is listed', async () => {
    const record = await rig.connector.create(marker(1), dealValues(helpAsked));
    await make(110);
    rig.center.advance(600_000);
    const { cursor } = await poll();
    const { microsoft } = record.document as { microsoft: { id: string } };
    acceptAsMicrosoft(rig.center.world, microsoft.id);
    const { pages } = await poll(cursor);
    expect(pages.flatMap((page) => page.records)).toMatchObject([
      {
        key: record.key,
        document: { microsoft: { status: 'Active', trackingInfo: { microsoftMsxId: expect.any(String) } } }
      }
    ]);
  });
});

describe('reading', () => {
  it('takes many deals per call by engagement', async () => {
    const records = [];
    for (let n = 1; n <= 50; n += 1) records.push(await rig.connector.create(marker(n), dealValues()));
    const before = rig.connector.calls();
    const read = await rig.connector.read(records.map(({ key, context }) => ({ key, context: context! })));
    expect([read.size, rig.connector.calls() - before]).toEqual([50, 2]);
  });

  it('finds a deal without its engagement, and leaves out what is not there', async () => {
    const record = await rig.connector.create(marker(1), dealValues(helpAsked));
    const read = await rig.connector.read([{ key: record.key }, { key: '00000000-0000-4000-8000-000000000000' }]);
    expect([...read.values()]).toEqual([record]);
  });
});
