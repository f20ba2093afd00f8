/**
 * Reads `Retry-After` (RFC 9110 §10.2.3: seconds or an HTTP date).
 * @returns milliseconds from `now`, never negative; undefined when absent or unreadable
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const text = headers['retry-after']?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
