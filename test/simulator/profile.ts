import type { Rule } from '../../plugin/src/mapping/types.js';
import type { RunOptions } from '../../plugin/src/sync/index.js';

/** Chances per call or event, each with a stream of dice of its own. */
export interface Rates {
  /** The process dies at a call of a system, before or after its effect. */
  crash: number;
  /** The same at a call of the ledger or the queue. */
  crashInside: number;
  /** 503 without effect. */
  busy: number;
  /** 503 although it was carried out. */
  busyAfter: number;
  /** Carried out, and the answer never came. */
  lost: number;
  /** 429 with Retry-After. */
  throttled: number;
  /** 401: the token has expired. */
  expired: number;
  /** No new token can be had at the moment. */
  noToken: number;
  /** The call takes longer than the client waits. */
  slow: number;
  /** Somebody edits the record between two halves of a call. */
  editInside: number;
  /** A row of a batch is locked. */
  rowLocked: number;
  /** The process stands still, perhaps for longer than its lease, while a call of a system is under way. */
  freeze: number;
  /** The same at a call of the ledger or the queue. */
  freezeInside: number;
}

export const RATE_NAMES = [
  'crash',
  'crashInside',
  'busy',
  'busyAfter',
  'lost',
  'throttled',
  'expired',
  'noToken',
  'slow',
  'editInside',
  'rowLocked',
  'freeze',
  'freezeInside'
] as const satisfies readonly (keyof Rates)[];

export const QUIET: Rates = Object.fromEntries(RATE_NAMES.map((name) => [name, 0])) as unknown as Rates;

/** What kind of world a seed is played in. */
export interface Profile {
  name: string;
  /** Processes that share ledger and queue, from and to. */
  processes: readonly [number, number];
  records: readonly [number, number];
  /** Things that people do, from and to. */
  events: readonly [number, number];
  /** How long the disturbance lasts, minutes. */
  minutes: number;
  /** How long the processes go on after it, seconds. */
  afterwards: number;
  rates: Rates;
  /** How often each kind of event is thrown, relative to the others. */
  weights: Readonly<Record<EventKind, number>>;
  /** Bounds of how far clocks are off, milliseconds. Cursors overlap by minutes for this reason. */
  machineSkewMs: number;
  serverSkewMs: number;
  /** Longest delay until a change shows in the list of referrals, milliseconds. */
  listLagMs: number;
  /** Whether the list by engagement lags as well. */
  engagementLag: boolean;
  /** Calls that the org allows in 24 hours. */
  allowance: number;
  /** Calls to the right side that the processes may make together; with it they also share their count of calls to the left. */
  daily?: number;
  options?: Partial<RunOptions>;
  /** Whether Microsoft and other partners send deals, and the org takes them in. */
  inbound?: boolean;
  /** Rules of the mapping that are others than it ships with. */
  rules?: Readonly<Record<string, Rule>>;
}

/** What happens around deals that others send. */
export const INBOUND_KINDS = ['arrive', 'takeOn', 'turnDown', 'answerRight', 'expire', 'editIncoming'] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** What people, administrators and machines do besides the synchronization. */
export const EVENT_KINDS = [
  'editLeft',
  'editRight',
  'create',
  'share',
  'unshare',
  'closeLeft',
  'closeRight',
  'accept',
  'delete',
  'undelete',
  'solution',
  'help',
  'late',
  'jump',
  'poison',
  'loseLedger',
  'hide',
  'deadly',
  'decide',
  ...INBOUND_KINDS
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
