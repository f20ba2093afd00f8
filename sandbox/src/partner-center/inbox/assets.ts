import { readFileSync } from 'node:fs';
import { ReferralApiError } from '../core/errors.js';
import type { ServiceResponse } from '../core/transport.js';

const TYPES: Readonly<Record<string, string>> = {
  'base.css': 'text/css; charset=utf-8',
  'deal.css': 'text/css; charset=utf-8',
  'deals.css': 'text/css; charset=utf-8',
  'inbox.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml'
};

/** The files stay in `src`: compiled code in `lib` lies at the same depth and reads them there. */
const FOLDER = new URL('../../../src/partner-center/inbox/assets/', import.meta.url);

export function asset(name: string): ServiceResponse {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === undefined) throw new ReferralApiError(404, 'itemNotFound', `The inbox has no file ${name}.`);
  return {
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
    body: readFileSync(new URL(name, FOLDER))
  };
}
