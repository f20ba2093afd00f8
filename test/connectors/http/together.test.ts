import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../../plugin/src/ports/errors.js';
import { together } from '../../../plugin/src/connectors/http/together.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('items asked for one by one', () => {
  it('share a call when they are asked for in one moment, in their order', async () => {
    const calls: number[][] = [];
    const double = together<number, number>(100, (items) => {
      calls.push([...items]);
      return Promise.resolve(items.map((item) => ({ result: item * 2 })));
    });
    const late = turn().then(() => double(3));
    expect(await Promise.all([double(1), double(2), late])).toEqual([2, 4, 6]);
    expect(calls).toEqual([[1, 2, 3]]);
  });

  it('go out in calls of no more than they may have', async () => {
    const sizes: number[] = [];
    const same = together<number, number>(3, (items) => {
      sizes.push(items.length);
      return Promise.resolve(items.map((result) => ({ result })));
    });
    const all = Array.from({ length: 8 }, (_, n) => n);
    expect(await Promise.all(all.map((n) => same(n)))).toEqual(all);
    expect(sizes).toEqual([3, 3, 2]);
  });

  it('fail each for itself, and all together when the call fails', async () => {
    let broken = false;
    const call = together<number, number>(10, (items) => {
      if (broken) return Promise.reject(new Error('cut'));
      return Promise.resolve(items.map((item) => (item === 2 ? { error: new Error('two') } : { result: item })));
    });
    const [one, two] = await Promise.allSettled([call(1), call(2)]);
    expect(one).toMatchObject({ status: 'fulfilled', value: 1 });
    expect(two).toMatchObject({ status: 'rejected', reason: { message: 'two' } });
    broken = true;
    const both = await Promise.allSettled([call(1), call(2)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('wait for company while as many calls are under way as there may be', async () => {
    const sizes: number[] = [];
    const ends: (() => void)[] = [];
    const call = together<number, number>(
      10,
      async (items) => {
        sizes.push(items.length);
        await new Promise<void>((resolve) => ends.push(resolve));
        return items.map((result) => ({ result }));
      },
      1
    );
    const first = call(1);
    for (let n = 0; n < 4; n += 1) await turn();
    const others = [call(2), call(3)];
    for (let n = 0; n < 4; n += 1) await turn();
    expect(sizes).toEqual([1]);
    ends[0]?.();
    await first;
    for (let n = 0; n < 4; n += 1) await turn();
    ends[1]?.();
    expect(await Promise.all(others)).toEqual([2, 3]);
    expect(sizes).toEqual([1, 2]);
  });

  it('say with each failure which call it came from', async () => {
    const failure = (): ConnectorError => new ConnectorError('some', 'retryable', 'BUSY', 'Later.');
    const call = together<string, string>(2, (items) =>
      items.includes('lost') ? Promise.reject(failure()) : Promise.resolve(items.map(() => ({ error: failure() })))
    );
    const results = await Promise.allSettled(['a', 'b', 'lost', 'd'].map((item) => call(item)));
    const calls = results.map((one) => one.status === 'rejected' && (one.reason as ConnectorError).sharedCall);
    expect(calls[0]).toBeTypeOf('object');
    expect(calls[1]).toBe(calls[0]);
    expect(calls[3]).toBe(calls[2]);
    expect(calls[2]).not.toBe(calls[0]);
  });

  it('are told when a call answers fewer than it was given', async () => {
    const call = together<number, number>(10, () => Promise.resolve([{ result: 1 }]));
    const [one, two] = await Promise.allSettled([call(1), call(2)]);
    expect([one?.status, two?.status]).toEqual(['fulfilled', 'rejected']);
  });
});
