import { ApiFault, badRequest } from '../core/errors.js';
import type { ScopedCall } from './call.js';
import { preference } from './call.js';

/** Rows per page: what the client prefers, at most what the service gives (operational limits: page). */
export function pageSize(call: ScopedCall): { rows: number; asked: boolean } {
  const most = call.scope.world.settings().pageSize;
  const asked = preference(call, 'odata.maxpagesize') ?? preference(call, 'maxpagesize');
  if (asked === undefined) return { rows: most, asked: false };
  const rows = Number(asked);
  if (!Number.isInteger(rows) || rows < 1)
    throw badRequest('The value of odata.maxpagesize must be a positive number.');
  if (rows > most) throw new ApiFault(413, 'BadRequest', `The page size ${rows} exceeds the maximum of ${most}.`);
  return { rows, asked: true };
}

/** Address of the next page; opaque to the client. */
export function nextLink(call: ScopedCall, path: string, token: string): string {
  const kept = [...call.query].filter(([name]) => !['$skip', '$top', '$skiptoken', 'aid'].includes(name));
  const query = [...kept, ['aid', 'FIN'] as const, ['$skiptoken', token] as const];
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return encodeURI(`${call.origin}${call.address.base}/${path}`) + `?${text}`;
}
