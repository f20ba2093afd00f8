import type { Decision, Ledger, LedgerChange } from '../../plugin/src/ledger/port.js';
import type { HttpClient } from '../../plugin/src/ports/http.js';
import type { Claim, WorkQueue } from '../../plugin/src/queue/port.js';
import type { RemoteRecord } from '../../plugin/src/sync/index.js';
import { instead } from './instead.js';
import type { Connectors, Tricks } from './tricks.js';

/** A defect that the simulator has to notice. */
export interface Planted {
  name: string;
  /** The promises of which at least one must be found broken. */
  breaks: readonly string[];
  /** @default everything */
  profile?: string;
  tricks: () => Tricks;
}

const onCommit = (commit: (ledger: Ledger, mapping: string, changes: readonly LedgerChange[]) => Promise<void>) => {
  return (ledger: Ledger) =>
    instead(ledger, {
      commit: (mapping: string, changes: readonly LedgerChange[]) => commit(ledger, mapping, changes)
    });
};

const withoutMarker = ({ counterpart: _counterpart, ...rest }: RemoteRecord): RemoteRecord => rest;

/** The feed of the right side, page by page changed. */
function onRightPages(right: Connectors['right'], change: (record: RemoteRecord) => RemoteRecord): Connectors['right'] {
  return instead(right, {
    async *changes(cursor: string | undefined) {
      for await (const page of right.changes(cursor)) yield { ...page, records: page.records.map(change) };
    }
  });
}

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

const withoutRequest = ({ request: _request, ...rest }: RemoteRecord): RemoteRecord => rest;

/** A deal is created first and named after its referral with a call of its own. */
const markedLater = (http: HttpClient): HttpClient => ({
  request: async (request) => {
    const { url, body = '', ...rest } = request;
    const referral = /"Referral_Identifier__c":"(\w+)",?/.exec(body);
    if (referral === null || !body.includes('"allOrNone":true')) return http.request(request);
    const answer = await http.request({ ...rest, url, body: body.replace(referral[0], '') });
    const key = /"id":"(006\w+)"/.exec(answer.body)?.[1];
    const marked = { Referral_Identifier__c: referral[1] ?? '' };
    if (key !== undefined) {
      const record = url.replace('/composite', `/sobjects/Opportunity/${key}`);
      await http.request({ ...rest, method: 'PATCH', url: record, body: JSON.stringify(marked) });
    }
    return answer;
  }
});

export const PLANTED: readonly Planted[] = [
  {
    name: 'a deal that is taken in first and marked afterwards',

    breaks: ['G1'],
    profile: 'inbound',
    tricks: () => ({ http: markedLater })
  },
  {
    name: 'a request that waits, treated like any other deal',

    breaks: ['hold'],
    profile: 'inbound',
    tricks: () => ({
      connectors: ({ left, right }) => ({
        left,
        right: instead(onRightPages(right, withoutRequest), {
          read: async (refs) => {
            const found = await right.read(refs);
            return new Map([...found].map(([key, record]) => [key, withoutRequest(record)]));
          }
        })
      })
    })
  },
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
  },
  {
    name: 'a refused record that is tried again for ever',

    breaks: ['G7', 'G10'],
    profile: 'poison',
    tricks: () => ({ ledger: onCommit(neverParked) })
  },
  {
    name: 'a new base stored apart from what is to be told',

    breaks: ['G2', 'G4', 'G8'],
    profile: 'crashes',
    tricks: () => ({ ledger: onCommit(inTwoSteps) })
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
  },
  {
    name: 'decisions that are gone once they were read',

    breaks: ['G2'],
    profile: 'decisions',
    tricks: () => ({ ledger: readOnce() })
  }
];

type PlantedLedger = NonNullable<Tricks['ledger']>;

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

function neverParked(ledger: Ledger, mapping: string, changes: readonly LedgerChange[]): Promise<void> {
  return ledger.commit(
    mapping,
    changes.map((change) =>
      change.issue?.state === 'parked' ? { ...change, issue: { ...change.issue, state: 'retry' } } : change
    )
  );
}

async function inTwoSteps(ledger: Ledger, mapping: string, changes: readonly LedgerChange[]): Promise<void> {
  for (const { telling, ...rest } of changes) {
    await ledger.commit(mapping, [rest]);
    if (telling !== undefined) await ledger.commit(mapping, [{ leftKey: rest.leftKey, telling }]);
  }
}
