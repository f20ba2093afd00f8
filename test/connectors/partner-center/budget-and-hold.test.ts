import { afterEach, describe, expect, it } from 'vitest';
import { HoldLost } from '../../../plugin/src/sync/hands.js';
import type { ChangePage } from '../../../plugin/src/sync/ports.js';
import { dealValues, helpAsked, partnerCenterRig } from '../../support/partner-center.js';
import type { PartnerCenterRig } from '../../support/partner-center.js';

const marker = '006000000000001AAA';
let rig: PartnerCenterRig;
afterEach(() => rig.close());

const posts = (): number => rig.sent.filter(({ method }) => method === 'POST').length;
const lost = (): Promise<void> => Promise.reject(new HoldLost(marker));

describe('a record that another worker takes over during a write of two calls', () => {
  it('gets its referral and no invitation: the second call of a create is not sent', async () => {
    rig = await partnerCenterRig();
    const create = rig.connector.create(marker, dealValues(helpAsked), { mayGoOn: lost });
    await expect(create).rejects.toBeInstanceOf(HoldLost);
    expect(posts()).toBe(1);
    expect(await rig.connector.findByMarker(marker, undefined)).toHaveLength(1);
  });

  it('is not invited by an update either', async () => {
    rig = await partnerCenterRig();
    const current = await rig.connector.create(marker, dealValues());
    await expect(rig.connector.update(current, helpAsked, { mayGoOn: lost })).rejects.toBeInstanceOf(HoldLost);
    expect(posts()).toBe(1);
  });

  it('is asked for once, after the first call', async () => {
    rig = await partnerCenterRig();
    const asked: number[] = [];
    const mayGoOn = (): Promise<void> => {
      asked.push(posts());
      return Promise.resolve();
    };
    await rig.connector.create(marker, dealValues(helpAsked), { mayGoOn });
    expect([asked, posts()]).toEqual([[1], 2]);
  });
});

describe('a budget of calls', () => {
  const walk = async (cursor?: string): Promise<ChangePage[]> => {
    const pages: ChangePage[] = [];
    for await (const page of rig.connector.changes(cursor)) pages.push(page);
    return pages;
  };

  it('stops looking at four fifths, and creates go on until all is used', async () => {
    rig = await partnerCenterRig({ budget: { daily: 5 } });
    const [page] = await walk();
    for (let count = 0; count < 3; count += 1) await rig.connector.create(`${marker}${count}`, dealValues());
    expect(rig.sent).toHaveLength(4);
    expect(await walk(page?.cursor)).toEqual([]);
    await rig.connector.create(`${marker}9`, dealValues());
    const refused = rig.connector.create(`${marker}8`, dealValues());
    await expect(refused).rejects.toMatchObject({
      kind: 'connection',
      code: 'API_BUDGET_EXHAUSTED',
      message: expect.stringContaining('5 of 5'),
      nextSteps: [expect.stringContaining('Wait'), expect.stringContaining('partnerCenter.budget.daily')]
    });
    expect(rig.sent).toHaveLength(5);
  });

  it.each([undefined, new Date(0).toISOString()])(
    'that is too small for the first walk (cursor %s) stops the run, so that nothing is created twice',
    async (cursor) => {
      rig = await partnerCenterRig({ budget: { daily: 1 } });
      await walk();
      await expect(walk(cursor)).rejects.toMatchObject({ code: 'API_BUDGET_EXHAUSTED' });
    }
  );
});
