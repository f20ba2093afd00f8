import { setImmediate as turn } from 'node:timers/promises';
import { ConnectorError } from '../../ports/errors.js';

/** How one item of a shared call went; what is thrown to its caller is the item's own matter. */
export type Shared<Out> = { result: Out } | { error: unknown };

interface Waiting<In, Out> {
  item: In;
  resolve: (result: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * Items asked for one by one, carried out together: those of one moment share a call, `most` at a time. Nothing waits for
 * company longer than the event loop needs to hand out what has arrived already, so a single item goes out at once.
 *
 * @param atOnce calls under way at the same time; what comes while they are waits, and shares the next one. @default no limit
 * @param carryOut answers one entry per item, in their order; what it throws is thrown to every caller of the call
 */
export function together<In, Out>(
  most: number,
  carryOut: (items: readonly In[]) => Promise<readonly Shared<Out>[]>,
  atOnce = Infinity
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let collecting = false;
  let underWay = 0;

  /** Says of each failure which call it came from: a hundred records of a lost call are one failure of the system. */
  const failed = (error: unknown, call: object): unknown => {
    if (error instanceof ConnectorError) error.sharedCall ??= call;
    return error;
  };

  const send = async (group: readonly Waiting<In, Out>[]): Promise<void> => {
    underWay += 1;
    try {
      const answers = await carryOut(group.map(({ item }) => item));
      group.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer === undefined) reject(new RangeError('A shared call answered fewer items than it was given.'));
        else if ('error' in answer) reject(failed(answer.error, group));
        else resolve(answer.result);
      });
    } catch (error) {
      for (const { reject } of group) reject(failed(error, group));
    } finally {
      underWay -= 1;
      if (waiting.length > 0 && !collecting) void collect();
    }
  };

  const collect = async (): Promise<void> => {
    collecting = true;
    let before = 0;
    // Records that were stored in one transaction go on one after the other; each turn may bring more of them.
    while (waiting.length > before && waiting.length < most) {
      before = waiting.length;
      await turn();
      await turn();
    }
    collecting = false;
    while (waiting.length > 0 && underWay < atOnce) void send(waiting.splice(0, most));
  };

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!collecting) void collect();
    });
}
