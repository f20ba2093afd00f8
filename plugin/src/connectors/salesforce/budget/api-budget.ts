import type { Clock } from '../../../ports/clock.js';
import { ConnectorError } from '../../../ports/errors.js';
import type { HttpResponse } from '../../../ports/http.js';
import type { Admission } from '../../http/budgeted-http.js';
import type { CallLog } from '../../http/call-log.js';
import { SharedCalls } from '../../http/shared-calls.js';
import { system } from '../rest-errors.js';
import type { ApiUsage } from '../session.js';
import { defaultBudget, expiredUse, marksFor, orgWaitMs, passed, recheckMs } from './rules.js';
import type { BudgetFigures, BudgetOptions, Mark, Purpose } from './rules.js';

/** Where the budget stands, for people and probes. */
export interface BudgetState extends ApiUsage {
  /** Our calls of the last 24 hours, as far as the processes have told each other, and how many there may be. */
  ownCalls: number;
  ownLimit: number;
  /** Calls of the whole org at which we stop; the rest is the reserve. */
  ceiling: number;
  state: 'open' | 'pollingPaused' | 'exhausted';
  /** When calls are expected to resume, ISO 8601 UTC; an estimate where other integrations used the calls. */
  resumesAt: string | null;
}

const sentences: Record<Mark, string> = {
  own: 'The share of the Salesforce API calls that the synchronization may make is used up',
  org: 'The org has too few API calls left to make more'
};

/** REST API guide, "Limit Info Header": `api-usage=18/5000`; a per-app part may follow. */
function usageOf(headers: HttpResponse['headers'] = {}): ApiUsage | undefined {
  const match = /\bapi-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '');
  return match ? { used: Number(match[1]), allowed: Number(match[2]) } : undefined;
}

/**
 * Keeps the connector within its part of the org's allowance, together with the other processes that share the log. Knows the
 * allowance from `Sforce-Limit-Info` only.
 */
export class ApiBudget implements Admission {
  private readonly calls: SharedCalls;
  private readonly options: BudgetOptions;
  private seen: (ApiUsage & { at: number }) | undefined;
  private inFlight = 0;
  /** After a refusal by an org that never told its allowance. */
  private closedUntil = 0;

  public constructor(
    private readonly clock: Clock,
    options: Partial<BudgetOptions> = {},
    log?: CallLog
  ) {
    this.calls = new SharedCalls(clock, log && { log, system });
    this.options = { ...defaultBudget, ...options };
  }

  /** Before the first answer the allowance is not known, and calls pass. */
  public async enter(): Promise<void> {
    await this.calls.take(
      () => this.room(),
      () => {
        const wait = this.waitFor('work');
        if (wait) throw this.refusal(wait.mark, wait.ms);
        this.inFlight += 1;
      }
    );
  }

  /** See `SharedCalls.exchange`. */
  public exchange(): Promise<void> {
    return this.calls.exchange();
  }

  /** Whether a poll has to wait while other calls may still be made. */
  public get pollingPaused(): boolean {
    return this.waitFor('work') === undefined && this.waitFor('poll') !== undefined;
  }

  /** Milliseconds until calls of this purpose are expected to be possible; undefined when they are. */
  public retryAfterMs(purpose: Purpose = 'work'): number | undefined {
    return this.waitFor(purpose)?.ms;
  }

  public ended(headers?: HttpResponse['headers']): void {
    this.inFlight -= 1;
    const usage = usageOf(headers);
    if (usage) this.seen = { ...usage, at: this.clock.now() };
  }

  /** The org answered REQUEST_LIMIT_EXCEEDED: whatever it said before, all is used. */
  public refused(): void {
    const now = this.clock.now();
    if (this.seen) this.seen = { ...this.seen, used: Math.max(this.seen.used, this.seen.allowed), at: now };
    else this.closedUntil = now + recheckMs;
  }

  /** As last seen; undefined before the first answer. */
  public usage(): ApiUsage | undefined {
    return this.seen && { used: this.seen.used, allowed: this.seen.allowed };
  }

  public state(): BudgetState | undefined {
    const usage = this.usage();
    if (!usage) return undefined;
    const now = this.clock.now();
    const marks = marksFor(usage.allowed, 'work', this.options);
    const work = this.waitFor('work');
    const wait = work ?? this.waitFor('poll');
    return {
      ...usage,
      ownCalls: this.calls.count(),
      ownLimit: marks.own,
      ceiling: marks.org,
      state: work ? 'exhausted' : wait ? 'pollingPaused' : 'open',
      resumesAt: wait ? new Date(now + wait.ms).toISOString() : null
    };
  }

  private figures(seen: ApiUsage & { at: number }): BudgetFigures {
    const now = this.clock.now();
    const used = expiredUse(seen.used, now - seen.at) + this.inFlight;
    return { used, allowed: seen.allowed, own: this.calls.count() };
  }

  /** Of our share; far away while the allowance is not known. */
  private room(): number {
    if (!this.seen) return Number.POSITIVE_INFINITY;
    return marksFor(this.seen.allowed, 'work', this.options).own - this.calls.count();
  }

  private waitFor(purpose: Purpose): { mark: Mark; ms: number } | undefined {
    const now = this.clock.now();
    if (!this.seen) return this.closedUntil > now ? { mark: 'org', ms: this.closedUntil - now } : undefined;
    const mark = passed(this.figures(this.seen), purpose, this.options);
    if (!mark) return undefined;
    const limit = marksFor(this.seen.allowed, purpose, this.options)[mark];
    const ms = mark === 'own' ? this.calls.waitMs(limit) : orgWaitMs(this.seen.used, limit) - (now - this.seen.at);
    return { mark, ms: Math.max(ms, 1000) };
  }

  private refusal(mark: Mark, ms: number): ConnectorError {
    const at = new Date(this.clock.now() + ms).toISOString();
    const { used, allowed } = this.seen ?? { used: 0, allowed: 0 };
    return new ConnectorError(
      system,
      'connection',
      'API_BUDGET_EXHAUSTED',
      `${sentences[mark]} (${used} of ${allowed} used in 24 hours); calls may resume about ${at}.`,
      {
        retryAfterMs: ms,
        nextSteps: [
          'Wait: the synchronization goes on by itself when calls of the last 24 hours expire.',
          'See what uses the calls in Setup, Company Information, or raise salesforce.budget.share in the settings.'
        ]
      }
    );
  }
}
