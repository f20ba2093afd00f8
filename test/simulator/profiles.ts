import type { EventKind, Profile, Rates } from './profile.js';
import { EVENT_KINDS, QUIET } from './profile.js';

const weights: Readonly<Record<EventKind, number>> = {
  editLeft: 30,
  editRight: 30,
  create: 5,
  share: 3,
  unshare: 2,
  closeLeft: 1,
  closeRight: 1,
  accept: 4,
  delete: 1,
  undelete: 2,
  solution: 5,
  help: 3,
  late: 5,
  jump: 3,
  poison: 1,
  loseLedger: 0,
  hide: 0,
  deadly: 0,
  decide: 0,
  arrive: 0,
  takeOn: 0,
  turnDown: 0,
  answerRight: 0,
  expire: 0,
  editIncoming: 0
};

const rates: Rates = {
  crash: 0.03,
  crashInside: 0.004,
  busy: 0.03,
  busyAfter: 0.01,
  lost: 0.03,
  throttled: 0.01,
  expired: 0.01,
  noToken: 0.005,
  slow: 0.01,
  editInside: 0.06,
  rowLocked: 0.02,
  freeze: 0.003,
  freezeInside: 0.0005
};

const everything: Profile = {
  name: 'everything',
  processes: [1, 3],
  records: [1, 4],
  events: [6, 16],
  minutes: 3,
  afterwards: 120,
  rates,
  weights,
  machineSkewMs: 120_000,
  serverSkewMs: 60_000,
  listLagMs: 8_000,
  engagementLag: false,
  allowance: 100_000
};

const onlyEdits = Object.fromEntries(EVENT_KINDS.map((kind) => [kind, 0])) as Record<EventKind, number>;

/** The worlds a seed can be played in. The test suite plays `brief` and `inbound`, and a few of `everything`. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  everything,
  /** The same faults in shorter stories: thousands of them at every change. */
  brief: {
    ...everything,
    name: 'brief',
    processes: [1, 2],
    records: [1, 2],
    events: [3, 8],
    minutes: 0.75,
    afterwards: 50,
    rates: Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, rate * 1.5])) as unknown as Rates
  },
  /** No faults of machines: what people do at the same time is hard enough. */
  people: { ...everything, name: 'people', rates: { ...QUIET, editInside: 0.3 } },
  /** Few records, nearly all of it edits, and every call may go wrong. */
  storm: {
    ...everything,
    name: 'storm',
    records: [1, 2],
    rates: Object.fromEntries(
      Object.entries(rates).map(([name, rate]) => [name, Math.min(0.15, rate * 2.5)])
    ) as unknown as Rates,
    weights: { ...onlyEdits, editLeft: 10, editRight: 10, share: 1, unshare: 1, late: 3 }
  },
  /** New records, whose creation is cut short again and again. */
  births: {
    ...everything,
    name: 'births',
    records: [3, 5],
    events: [6, 12],
    minutes: 3,
    rates: { ...rates, lost: 0.15, busyAfter: 0.1 },
    weights: { ...onlyEdits, create: 10, editRight: 1 }
  },
  /** Processes that stand still for longer than their lease, and calls that hang. */
  zombies: {
    ...everything,
    name: 'zombies',
    processes: [2, 3],
    rates: { ...rates, crash: 0.005, freeze: 0.05, freezeInside: 0.01, slow: 0.04 },
    weights: { ...onlyEdits, create: 5, editLeft: 10, editRight: 10, help: 2 }
  },
  /** Processes that die between any two steps of theirs. */
  crashes: {
    ...everything,
    name: 'crashes',
    records: [1, 2],
    rates: { ...rates, crash: 0.02, crashInside: 0.03, editInside: 0.15 },
    weights: { ...onlyEdits, editLeft: 10, editRight: 10, share: 1, unshare: 1 }
  },
  /** Records that are refused whatever they hold. */
  poison: { ...everything, name: 'poison', weights: { ...onlyEdits, poison: 2, create: 4, editLeft: 8, editRight: 4 } },
  /** The ledger is lost: what both sides carry must be enough to find every pair again. */
  lostLedger: { ...everything, name: 'lostLedger', weights: { ...weights, loseLedger: 8 } },
  /** A permission is lost, and with it the sight of every record, until the disturbance is over. */
  disappearing: {
    ...everything,
    name: 'disappearing',
    records: [4, 6],
    events: [14, 24],
    weights: { ...onlyEdits, hide: 1, editRight: 12 },
    options: { maxMissing: 2 }
  },
  /** Too few calls for all that is to be done, and nobody dies: what a process has not told would go with it. */
  scarce: {
    ...everything,
    name: 'scarce',
    processes: [2, 3],
    rates: { ...rates, crash: 0, crashInside: 0 },
    allowance: 60,
    daily: 30
  },
  /** Records that end every process that writes them; nothing else ends one. Long enough for the lease of each to run out. */
  deadly: {
    ...everything,
    name: 'deadly',
    processes: [1, 2],
    records: [1, 2],
    events: [2, 6],
    minutes: 10,
    rates: { ...QUIET, busy: 0.03 },
    weights: { ...onlyEdits, create: 3, deadly: 1 }
  },
  /** Deals that Microsoft sends: taken in once, on hold until they are answered on either side, ordinary ones afterwards. */
  inbound: {
    ...everything,
    name: 'inbound',
    processes: [1, 2],
    records: [1, 2],
    events: [4, 9],
    minutes: 1.5,
    afterwards: 50,
    inbound: true,
    weights: {
      ...onlyEdits,
      ...{ arrive: 2, takeOn: 8, turnDown: 2, answerRight: 3, expire: 2, editIncoming: 5, create: 1 },
      ...{
        editLeft: 10,
        editRight: 5,
        solution: 1,
        unshare: 1,
        share: 1,
        late: 1,
        jump: 1,
        closeRight: 1,
        closeLeft: 1
      }
    }
  },
  /** People decide what the rules leave to them. */
  decisions: {
    ...everything,
    name: 'decisions',
    records: [1, 2],
    events: [10, 24],
    weights: { ...onlyEdits, editLeft: 10, editRight: 10, decide: 12 },
    rules: { notes: 'manual', dealValue: 'manual' }
  },
  /** Reads by engagement lag like the list does. */
  laggingReads: { ...everything, name: 'laggingReads', engagementLag: true }
};
