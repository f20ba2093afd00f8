import { instead } from '../instead.js';
import type { Connectors } from '../tricks.js';
import type { Planted } from './tools.js';

/** Cursors as a program keeps them that trusts the newest stamp it saw. */
function newestStamp({ left, right }: Connectors): Connectors {
  return {
    right,
    left: instead(left, {
      async *changes(cursor: string | undefined) {
        let newest = cursor ?? '';
        for await (const page of left.changes(cursor)) {
          for (const { modifiedAt } of page.records) if (modifiedAt > newest) newest = modifiedAt;
          yield { ...page, cursor: newest === '' ? page.cursor : newest };
        }
      }
    })
  };
}

/** Defects of the feeds and their cursors: promises G4 and G8. */
export const LOOKING: readonly Planted[] = [
  {
    name: 'a feed that asks for later than the newest stamp',
    breaks: ['G4', 'G8'],
    profile: 'people',
    tricks: () => ({
      connectors: newestStamp,
      http: (http) => ({
        request: (request) => http.request({ ...request, url: request.url.replaceAll('%3E%3D', '%3E') })
      })
    })
  },
  {
    name: 'cursors that are saved before the work is stored',
    breaks: ['G4', 'G8'],
    tricks: () => ({
      connectors: ({ left, right }, _process, ledger) => ({
        right,
        left: instead(left, {
          async *changes(cursor: string | undefined) {
            for await (const page of left.changes(cursor)) {
              const far = new Date(Date.parse(page.cursor) + 300_000).toISOString();
              await ledger.moveCursors('opportunity-referral', { [left.system]: far }, far);
              yield { ...page, cursor: far };
            }
          }
        })
      })
    })
  },
  {
    name: 'cursors set to the clock of the machine',
    breaks: ['G4', 'G8'],
    tricks: () => ({
      connectors: ({ left, right }, process) => ({
        right,
        left: instead(left, {
          async *changes(cursor: string | undefined) {
            for await (const page of left.changes(cursor)) {
              const now = new Date(process.now()).toISOString();
              yield { ...page, cursor: cursor !== undefined && cursor > now ? cursor : now };
            }
          }
        })
      })
    })
  }
];
