import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerRebuild, rebuildExitCode, syncOnce } from '../../plugin/src/service/index.js';
import { ServiceRig } from './support/service-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-rebuild-'));
const ledger = join(folder, 'new.ledger');
const QUIET = { created: 0, linked: 0, updatedLeft: 0, updatedRight: 0, told: 0 };
let rig: ServiceRig;
let deals: string[];

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  deals = await Promise.all(['First', 'Second', 'Third'].map((name) => rig.deal(name)));
  for (const deal of deals) await rig.toggle(deal);
  await syncOnce(rig.input());
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

/** Faults of a result against the JSON Schema of the command. */
function faults(result: unknown): unknown {
  const file = new URL('../../plugin/schemas/cosell-ledger-rebuild.json', import.meta.url);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return validate(JSON.parse(JSON.stringify(result))) ? [] : validate.errors;
}

describe('a ledger file that is lost, with both stand-ins', () => {
  it('is looked at by a dry run that stores nothing', async () => {
    const result = await ledgerRebuild({ ...rig.input(), ledger, dryRun: true });
    expect(faults(result)).toEqual([]);
    expect(result).toMatchObject({ counts: { left: 3, right: 3, coupled: 3, differing: 0 }, problems: [] });
    expect((await ledgerRebuild({ ...rig.input(), ledger, dryRun: true })).counts.kept).toBe(0);
  });

  it('is rebuilt; the next run creates nothing and writes only what was edited meanwhile', async () => {
    // The rule is that the newest value wins.
    rig.moveClock(5_000);
    await rig.edit(deals[0] ?? '', { Amount: 2500 });
    const result = await ledgerRebuild({ ...rig.input(), ledger });
    expect(faults(result)).toEqual([]);
    expect(result).toMatchObject({
      counts: { coupled: 3, differing: 1, waiting: 1 },
      fields: [{ field: 'dealValue', toRight: 1 }],
      problems: []
    });
    expect(rebuildExitCode(result)).toBe(0);
    const { counts } = await syncOnce({ ...rig.input(), ledger });
    expect(counts).toMatchObject({ created: 0, linked: 0, updatedLeft: 0, updatedRight: 1 });
    expect((await syncOnce({ ...rig.input(), ledger })).counts).toMatchObject(QUIET);
    expect(await rig.amount(deals[0] ?? '')).toBe(2500);
  });

  it('is refused once it has couplings, unless they are kept', async () => {
    await expect(ledgerRebuild({ ...rig.input(), ledger })).rejects.toMatchObject({ code: 'LEDGER_NOT_EMPTY' });
    const result = await ledgerRebuild({ ...rig.input(), ledger, merge: true });
    expect(result.counts).toMatchObject({ coupled: 0, kept: 3, waiting: 0 });
  });
});
