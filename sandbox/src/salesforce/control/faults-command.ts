import type { SlowCalls } from '../core/faults.js';
import { normalizeId } from '../core/ids.js';
import type { OrgHandle } from '../core/org-handle.js';

type Setter = (org: OrgHandle, value: unknown) => void;

const setters: Readonly<Record<string, Setter>> = {
  /** Ends all sessions now. */
  expireTokens: (org, value) => {
    if (value === true) org.auth.expireSessions();
  },
  /** The next n requests answer 503. */
  unavailable: (org, value) => {
    org.faults.unavailable = count(value);
  },
  slowMs: (org, value) => {
    org.faults.slowMs = count(value);
  },
  /** Delays of single calls: `[{"method": "POST", "path": "/composite", "ms": 800}]`; replaces the list. */
  slowCalls: (org, value) => {
    if (!Array.isArray(value)) throw new Error('slowCalls must be a list.');
    org.faults.slowCalls = value.map(slowCall);
  },
  /** Takes permissions away from everybody but administrators: `["Opportunity.Amount", "Contact"]`; replaces the list. */
  denyPermissions: (org, value) => {
    if (!Array.isArray(value)) throw new Error('denyPermissions must be a list of Object or Object.Field.');
    const names = value.map((name) => knownName(org, String(name)));
    org.faults.denied.clear();
    for (const name of names) org.faults.denied.add(name);
    org.access.invalidate();
  },
  limitExhausted: (org, value) => {
    org.faults.limitExhausted = value === true;
  },
  /** Ids that another transaction holds; replaces the list. */
  lockRows: (org, value) => {
    if (!Array.isArray(value)) throw new Error('lockRows must be a list of record ids.');
    org.faults.lockedRows.clear();
    for (const id of value) {
      const normal = normalizeId(String(id));
      if (normal === undefined) throw new Error(`${String(id)} is not a record id.`);
      org.faults.lockedRows.add(normal);
    }
  },
  /** The next n requests lose their connection before the org acts. */
  dropBefore: (org, value) => {
    org.faults.dropNext('before', count(value));
  },
  /** The next n requests are carried out and lose their connection before the answer. */
  dropAfter: (org, value) => {
    org.faults.dropNext('after', count(value));
  },
  /**
   * Faults by chance on data calls, also on sign-in when asked: `{"unavailable": 0.05, "dropBefore": 0, "dropAfter": 0.05,
   * "seed": 7, "signIn": false}`; replaces the rates. The same seed hits the same calls.
   */
  faultRates: (org, value) => {
    org.faults.chance.set(value);
  }
};

function slowCall(value: unknown): SlowCalls {
  const { method, path, ms } = (value ?? {}) as Record<string, unknown>;
  return {
    ms: count(ms),
    ...(method === undefined ? {} : { method: String(method) }),
    ...(path === undefined ? {} : { path: String(path) })
  };
}

function knownName(org: OrgHandle, name: string): string {
  const [object = '', field] = name.split('.');
  const known = field === undefined ? org.schema.object(object) : org.schema.field(object, field);
  if (known === undefined) throw new Error(`The org has no ${name}.`);
  return name.toLowerCase();
}

function count(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`${String(value)} is not a whole number from 0.`);
}

/** Switches the named faults, for example `{"unavailable": 2, "lockRows": ["006…"]}`. Throws for an unknown name. */
export function applyFault(org: OrgHandle, command: unknown): void {
  if (typeof command !== 'object' || command === null) throw new Error('A fault command is a JSON object.');
  const entries = Object.entries(command);
  const unknown = entries.find(([name]) => setters[name] === undefined);
  if (unknown !== undefined)
    throw new Error(`There is no fault ${unknown[0]}; there are ${Object.keys(setters).join(', ')}.`);
  for (const [name, value] of entries) setters[name]?.(org, value);
}
