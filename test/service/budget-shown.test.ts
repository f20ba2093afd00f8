import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BudgetState } from '../../plugin/src/connectors/salesforce/index.js';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import { ManualClock } from '../../plugin/src/ports/clock.js';
import { budgetLog } from '../../plugin/src/service/budget-log.js';
import { startHealth } from '../../plugin/src/service/health.js';
import { loadSettings } from '../../plugin/src/service/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-budget-'));
afterAll(() => rmSync(folder, { recursive: true }));

function settings(budget: string) {
  const file = join(folder, 'cosell.yaml');
  writeFileSync(file, `salesforce:\n  budget: ${budget}\n`);
  return loadSettings(file, {}).salesforce.budget;
}

describe('the API budget in the settings', () => {
  it.each(['{ share: 0.25, reserve: 0.2, softMark: 0.5 }', '{ share: 1, reserve: 0 }'])('takes %s', (budget) => {
    expect(settings(budget)).toMatchObject({ share: expect.any(Number), reserve: expect.any(Number) });
  });

  it.each(['{ share: 0 }', '{ share: 1.5 }', '{ reserve: 1 }', '{ softMark: -1 }', '{ shares: 0.5 }'])(
    'refuses %s',
    (budget) => {
      expect(() => settings(budget)).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID' }));
    }
  );
});

describe('the status of the service', () => {
  it('shows where the API budget stands, and null before the org said anything', async () => {
    const ledger = new MemoryLedger();
    let budget: BudgetState | undefined;
    const health = await startHealth({
      host: '127.0.0.1',
      port: 0,
      state: { startedAt: '2026-01-05T09:00:00.000Z', cycles: 0, failures: 0, stopping: false },
      clock: new ManualClock(),
      intervalMs: 1000,
      ledgerStatus: () => ledger.status('m'),
      queue: () => Promise.resolve({ kind: 'memory', ready: 0, later: 0, held: 0 }),
      workers: 1,
      budget: () => budget
    });
    const shown = async (): Promise<unknown> =>
      ((await (await fetch(`${health.url}/status`)).json()) as { budget: unknown }).budget;
    try {
      expect(await shown()).toBeNull();
      budget = {
        used: 11_000,
        allowed: 15_000,
        ownCalls: 10,
        ownLimit: 7500,
        ceiling: 13_500,
        state: 'pollingPaused',
        resumesAt: '2026-01-05T09:15:00.000Z'
      };
      expect(await shown()).toEqual(budget);
    } finally {
      await health.close();
    }
  });
});

describe('the log of the service', () => {
  it('says once when the API budget closes, and once when it opens again', () => {
    const states = ['open', 'pollingPaused', 'pollingPaused', 'exhausted', 'open', 'open'] as const;
    const written: unknown[] = [];
    const log = { write: (level: string, event: string, fields?: object) => void written.push([level, event, fields]) };
    const figures = { used: 1, allowed: 2, ownCalls: 1, ownLimit: 1, ceiling: 1, resumesAt: null };
    let run = 0;
    const logBudget = budgetLog(log, 'salesforce', () => ({ ...figures, state: states[run] ?? 'open' }));
    for (; run < states.length; run += 1) logBudget();
    expect(written).toEqual(
      (['pollingPaused', 'exhausted', 'open'] as const).map((status) => [
        status === 'open' ? 'info' : 'warn',
        'api budget',
        { system: 'salesforce', status, counts: { used: 1, allowed: 2, ownCalls: 1, ownLimit: 1, ceiling: 1 } }
      ])
    );
  });
});
