import type { Ledger, LedgerChange } from '../../../plugin/src/ledger/port.js';
import { instead } from '../instead.js';
import { onCommit } from './tools.js';
import type { Planted, PlantedLedger } from './tools.js';

/** What each process remembers of its own, however often it asks for its ledger. */
function perProcess<T>(fresh: () => T): (process: object) => T {
  const known = new WeakMap<object, T>();
  return (process) => {
    const memory = known.get(process) ?? fresh();
    known.set(process, memory);
    return memory;
  };
}

function countedSinceStart(): PlantedLedger {
  const startOf = perProcess<{ count?: number }>(() => ({}));
  return (ledger, process) =>
    instead(ledger, {
      countIssues: async (mapping, code, since) => {
        const count = await ledger.countIssues(mapping, code, since);
        const start = startOf(process);
        start.count ??= count;
        return count - start.count;
      }
    });
}

function ownCallsOnly(): PlantedLedger {
  const callsOf = perProcess(() => new Map<string, Map<number, number>>());
  return (ledger, process) =>
    instead(ledger, {
      addCalls: async (system, bucket, calls) => {
        const own = callsOf(process).get(system) ?? new Map<number, number>();
        own.set(bucket, (own.get(bucket) ?? 0) + calls);
        callsOf(process).set(system, own);
        return ledger.addCalls(system, bucket, calls);
      },
      callsSince: (system) => Promise.resolve(new Map(callsOf(process).get(system) ?? []))
    });
}

function neverParked(ledger: Ledger, mapping: string, changes: readonly LedgerChange[]): Promise<void> {
  return ledger.commit(
    mapping,
    changes.map((change) =>
      change.issue?.state === 'parked' ? { ...change, issue: { ...change.issue, state: 'retry' } } : change
    )
  );
}

/** Defects that let damage grow: promise G10. */
export const DAMAGE: readonly Planted[] = [
  {
    name: 'a refused record that is tried again for ever',
    breaks: ['G7', 'G10'],
    profile: 'poison',
    tricks: () => ({ ledger: onCommit(neverParked) })
  },
  {
    name: 'a count of missing records that a restart forgets',
    breaks: ['G10'],
    profile: 'disappearing',
    tricks: () => ({ ledger: countedSinceStart() })
  },
  {
    name: 'processes that count only their own calls',
    breaks: ['G10'],
    profile: 'scarce',
    tricks: () => ({ ledger: ownCallsOnly() })
  },
  {
    name: 'a record that ends its workers and is tried for ever',
    breaks: ['G10'],
    profile: 'deadly',
    tricks: () => ({
      queue: (queue) =>
        instead(queue, {
          claim: async (mapping, request) => {
            const claims = await queue.claim(mapping, request);
            return claims.map((claim) => ({ ...claim, attempts: 1 }));
          }
        })
    })
  }
];
