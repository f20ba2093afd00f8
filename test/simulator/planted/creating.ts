import { instead } from '../instead.js';
import { onRightPages, withoutMarker } from './tools.js';
import type { Planted } from './tools.js';

/** Defects of creation: promise G1. */
export const CREATING: readonly Planted[] = [
  {
    name: 'a retry that does not look for the marker',
    breaks: ['G1'],
    tricks: () => ({
      connectors: ({ left, right }) => ({
        left,
        right: instead(onRightPages(right, withoutMarker), { findByMarker: async () => Promise.resolve([]) })
      })
    })
  },
  {
    name: 'a look-up that does not wait for the list',
    breaks: ['G1'],
    profile: 'births',
    tricks: () => ({ options: { lookupDelayMs: 0 } })
  },
  {
    name: 'a lost ledger, and pairs that cannot be found again',
    breaks: ['G1', 'G4'],
    profile: 'lostLedger',
    tricks: () => ({
      connectors: ({ left, right }) => ({
        right: instead(onRightPages(right, withoutMarker), { findByMarker: async () => Promise.resolve([]) }),
        left: instead(left, {
          async *changes(cursor: string | undefined) {
            for await (const page of left.changes(cursor)) yield { ...page, records: page.records.map(withoutMarker) };
          },
          read: async (refs) => {
            const found = await left.read(refs);
            return new Map([...found].map(([key, record]) => [key, withoutMarker(record)]));
          }
        })
      })
    })
  }
];
