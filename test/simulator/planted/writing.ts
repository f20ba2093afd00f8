import type { Decision, Ledger, LedgerChange } from '../../../plugin/src/ledger/port.js';
import type { RemoteRecord } from '../../../plugin/src/sync/index.js';
import { instead } from '../instead.js';
import type { Connectors } from '../tricks.js';
import { onCommit } from './tools.js';
import type { Planted, PlantedLedger } from './tools.js';

const later = (version: string): string => {
  const [modified, read] = version.split('@').map(Number);
  return `${String(modified)}@${String((read ?? 0) + 60_000)}`;
};

/** A conditional write that takes the other side's whole record along. */
function wholeRecord({ left, right }: Connectors): Connectors {
  const lefts = new Map<string, RemoteRecord>();
  const note = (records: Iterable<RemoteRecord>): void => {
    for (const record of records) lefts.set(record.key, record);
  };
  return {
    left: instead(left, {
      async *changes(cursor: string | undefined) {
        for await (const page of left.changes(cursor)) {
          note(page.records);
          yield page;
        }
      },
      read: async (refs) => {
        const found = await left.read(refs);
        note(found.values());
        return found;
      }
    }),
    right: instead(right, {
      update: (current, values) => {
        const document = lefts.get(current.counterpart ?? '')?.document ?? {};
        const whole = {
          'details.dealValue': document['Amount'] ?? 1,
          'details.notes': document['Description'] ?? null
        };
        return right.update(current, { ...whole, ...values });
      }
    })
  };
}

function readOnce(): PlantedLedger {
  const read = new Set<string>();
  const fresh = (leftKey: string, { field, at }: Decision): boolean => {
    const name = `${leftKey} ${field} ${at}`;
    const isFresh = !read.has(name);
    read.add(name);
    return isFresh;
  };
  return (ledger) =>
    instead(ledger, {
      entries: async (mapping, keys) => {
        const found = await ledger.entries(mapping, keys);
        for (const { leftKey, dispute } of found.values())
          if (dispute) dispute.decisions = dispute.decisions.filter((decision) => fresh(leftKey, decision));
        return found;
      }
    });
}

async function inTwoSteps(ledger: Ledger, mapping: string, changes: readonly LedgerChange[]): Promise<void> {
  for (const { telling, ...rest } of changes) {
    await ledger.commit(mapping, [rest]);
    if (telling !== undefined) await ledger.commit(mapping, [{ leftKey: rest.leftKey, telling }]);
  }
}

/** Defects of writing and telling: promises G2 and G7. */
export const WRITING: readonly Planted[] = [
  { name: 'whole records, the last writer wins', breaks: ['G2'], tricks: () => ({ connectors: wholeRecord }) },
  {
    name: 'writes without a condition',
    breaks: ['G2'],
    tricks: () => ({
      http: (http) => ({
        request: ({ headers = {}, ...rest }) => {
          const { 'if-match': _match, 'if-unmodified-since': _since, ...others } = headers;
          return http.request({ ...rest, headers: others });
        }
      })
    })
  },
  {
    name: 'writes to records that changed within the last second and a half',
    breaks: ['G2'],
    profile: 'people',
    tricks: () => ({
      connectors: ({ left, right }) => ({
        right,
        left: instead(left, {
          update: (current, values) => left.update({ ...current, version: later(current.version) }, values)
        })
      })
    })
  },
  {
    name: 'writing what is there already',
    breaks: ['G7'],
    tricks: () => ({
      connectors: ({ left, right }) => ({
        left,
        right: instead(right, {
          async *changes(cursor: string | undefined) {
            for await (const page of right.changes(cursor)) {
              for (const record of page.records) {
                const notes = (record.document['details'] as { notes?: string | null } | null)?.notes ?? null;
                if (record.lifecycle === 'open')
                  await right.update(record, { 'details.notes': notes }).catch(() => undefined);
              }
              yield page;
            }
          }
        })
      })
    })
  },
  {
    name: 'an edit that lost and is not named',
    breaks: ['G2'],
    tricks: () => ({
      connectors: ({ left, right }) => ({
        right,
        left: instead(left, {
          tell: (reports) =>
            left.tell(
              reports.map((report) => ({
                ...report,
                audit: report.audit.filter(({ action }) => action !== 'conflict')
              }))
            )
        })
      })
    })
  },
  {
    name: 'a new base stored apart from what is to be told',
    breaks: ['G2', 'G4', 'G8'],
    profile: 'crashes',
    tricks: () => ({ ledger: onCommit(inTwoSteps) })
  },
  {
    name: 'decisions that are gone once they were read',
    breaks: ['G2'],
    profile: 'decisions',
    tricks: () => ({ ledger: readOnce() })
  }
];
