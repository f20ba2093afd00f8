import type { JsonValue } from '../../ports/json.js';

/** Salesforce writes `2026-01-05T09:00:00.000+0000`; ours is ISO 8601 with `Z`. */
export function isoTime(value: JsonValue | undefined): string {
  return new Date(Date.parse(String(value).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))).toISOString();
}
