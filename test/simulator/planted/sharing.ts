import type { Claim, WorkQueue } from '../../../plugin/src/queue/port.js';
import { instead } from '../instead.js';
import type { Planted } from './tools.js';

const claimsOf = new WeakMap<WorkQueue, Map<string, Claim>>();

/** A queue that hands out what is in somebody's hands. */
function generous(queue: WorkQueue): WorkQueue {
  const known = claimsOf.get(queue) ?? new Map<string, Claim>();
  claimsOf.set(queue, known);
  return instead(queue, {
    claim: async (mapping, request) => {
      const fresh = await queue.claim(mapping, request);
      for (const claim of fresh) known.set(claim.key, claim);
      const held = [...known.values()].filter((claim) => !fresh.includes(claim));
      return [...fresh, ...held];
    },
    extend: async (_mapping, _owner, claims) => Promise.resolve(new Set(claims.map(({ key }) => key))),
    complete: async (mapping, owner, claims) => {
      for (const { key } of claims) known.delete(key);
      return queue.complete(mapping, owner, claims);
    }
  });
}

/** Defects of workers that share the work: promise G9. */
export const SHARING: readonly Planted[] = [
  {
    name: 'a claim that does not exclude others',
    breaks: ['G9'],
    tricks: () => ({ sharedQueue: generous, fenced: false })
  },
  {
    name: 'results of a worker that has lost its record are stored',
    breaks: ['G1', 'G2', 'G8', 'G9'],
    profile: 'zombies',
    tricks: () => ({
      fenced: false,
      queue: (queue) =>
        instead(queue, {
          extend: async (_mapping, _owner, claims) => Promise.resolve(new Set(claims.map(({ key }) => key)))
        })
    })
  },
  {
    name: 'requests that may last longer than the lease',
    breaks: ['G9'],
    profile: 'zombies',
    tricks: () => ({ timeoutMs: 45_000, options: { leaseMs: 6_000, requestTimeoutMs: 1_000 } })
  }
];
