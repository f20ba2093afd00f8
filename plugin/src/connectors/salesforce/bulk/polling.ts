import type { Random } from '../../../ports/random.js';

/** How a job is waited for. */
export interface Polling {
  /** Before the second look; the first one follows at once. */
  firstMs: number;
  /** Each wait is this many times the one before. */
  factor: number;
  capMs: number;
  timeoutMs: number;
}

/** Small jobs end within seconds and large ones take minutes, so ten looks cover about the first minute. */
export const defaultPolling: Polling = { firstMs: 1000, factor: 1.5, capMs: 30_000, timeoutMs: 1_800_000 };

/** Milliseconds to wait after the look with this number, from 0; between half and all of a growing interval. */
export function nextPollMs({ firstMs, factor, capMs }: Polling, look: number, random: Random): number {
  return Math.round(Math.min(capMs, firstMs * factor ** look) * (0.5 + random.next() / 2));
}

/** Looks at a job that takes `durationMs`, on average; for weighing Bulk against other resources. */
export function expectedLooks({ firstMs, factor, capMs }: Polling, durationMs: number): number {
  let looks = 1;
  for (let passed = 0; passed < durationMs; looks += 1)
    passed += Math.min(capMs, firstMs * factor ** (looks - 1)) * 0.75;
  return looks;
}
