import { dayMs } from '../../http/call-window.js';
import type { ApiUsage } from '../session.js';

/** How much of the org's allowance the connector may take. Fractions of the org's limit per rolling 24 hours. */
export interface BudgetOptions {
  /** Our own calls. @default 0.5 */
  share: number;
  /** Never touched, whoever made the calls: other integrations of the org must not be starved. @default 0.1 */
  reserve: number;
  /** Fraction of either mark at which polling stops, so that writes people wait for still go out. @default 0.8 */
  softMark: number;
}

export const defaultBudget: BudgetOptions = { share: 0.5, reserve: 0.1, softMark: 0.8 };

/** What a call is for. Polling finds work and can wait; everything else finishes work that somebody waits for. */
export type Purpose = 'work' | 'poll';

/** Which limit stands in the way: the org's calls as a whole, or our share of them. */
export type Mark = 'org' | 'own';

export interface BudgetFigures extends ApiUsage {
  /** Calls we made in the last 24 hours. */
  own: number;
}

/** Between two looks at an org that is over its mark: 96 calls a day at most. */
export const recheckMs = 900_000;

/** Calls from which on a purpose has to wait. */
export function marksFor(allowed: number, purpose: Purpose, options: BudgetOptions): Record<Mark, number> {
  const factor = purpose === 'poll' ? options.softMark : 1;
  return {
    org: Math.floor(allowed * (1 - options.reserve) * factor),
    own: Math.floor(allowed * options.share * factor)
  };
}

/** The mark that one more call would pass, or undefined while there is room. */
export function passed(figures: BudgetFigures, purpose: Purpose, options: BudgetOptions): Mark | undefined {
  const marks = marksFor(figures.allowed, purpose, options);
  if (figures.own >= marks.own) return 'own';
  return figures.used >= marks.org ? 'org' : undefined;
}

/**
 * The org's use some time after it was last seen. When the calls of others were made is not known, so they are taken
 * as spread evenly over the 24 hours: each hour a 24th of them expires. Nothing expires before `recheckMs`.
 */
export function expiredUse(used: number, elapsedMs: number): number {
  if (elapsedMs < recheckMs) return used;
  return Math.ceil(used * Math.max(0, 1 - elapsedMs / dayMs));
}

/** Milliseconds after the last look until `expiredUse` is below the mark; 0 when it is below already. */
export function orgWaitMs(used: number, mark: number): number {
  if (used < mark) return 0;
  if (mark <= 0) return dayMs;
  return Math.max(recheckMs, Math.ceil(dayMs * (1 - (mark - 1) / used)));
}
