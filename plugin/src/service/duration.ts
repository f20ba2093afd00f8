const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `15s`, `500ms`, `2m`, `1h` or a bare number of seconds, in milliseconds; `undefined` when it is none of these. */
export function durationMs(value: string | number): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*$/.exec(String(value));
  return match ? Math.round(Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1000)) : undefined;
}
