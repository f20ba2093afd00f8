import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  applyExitCode,
  syncApply,
  syncOnce,
  syncPlan,
  syncResume,
  syncRuns,
  syncUndo,
  undoExitCode
} from '../../plugin/src/service/index.js';
import { ServiceRig } from './support/service-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-plan-'));
const file = join(folder, 'plan.json');
let rig: ServiceRig;
let deal: string;

beforeAll(async () => {
  rig = await ServiceRig.start(false);
  deal = await rig.deal('Planned');
  await rig.toggle(deal);
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

const schema = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../plugin/schemas/${name}.json`, import.meta.url), 'utf8')) as object;

/** Faults of a result against the JSON Schema of its command. */
function faults(name: string, result: unknown): unknown {
  const ajv = new Ajv({ strict: false });
  for (const other of ['plan', 'cosell-sync-once']) if (other !== name) ajv.addSchema(schema(other));
  const validate = ajv.compile(schema(name));
  return validate(JSON.parse(JSON.stringify(result))) ? [] : validate.errors;
}

describe('plan, apply and undo with both stand-ins', () => {
  it('creates a referral from a plan file that only its owner may read', async () => {
    const planned = await syncPlan({ ...rig.input(), outputFile: file });
    expect(faults('cosell-sync-plan', planned)).toEqual([]);
    expect(planned.plan.counts).toMatchObject({ create: 1 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const applied = await syncApply({ ...rig.input(), planFile: file });
    expect(faults('cosell-sync-apply', applied)).toEqual([]);
    expect(applied.applied).toMatchObject({ done: 1, refused: 0, failed: 0 });
    expect(applyExitCode(applied)).toBe(0);
    expect(await rig.synced(deal)).toBe(true);
  });

  it('applied again finds everything done', async () => {
    const again = await syncApply({ ...rig.input(), planFile: file });
    expect(again.applied).toMatchObject({ done: 0, alreadyDone: 1 });
    expect(again.run.counts).toMatchObject({ created: 0, updatedLeft: 0, updatedRight: 0 });
    expect((await syncOnce(rig.input())).counts).toMatchObject({ created: 0, updatedLeft: 0, updatedRight: 0 });
  });

  it('lists a run, undoes it, and undoes the undo', async () => {
    await rig.edit(deal, { Amount: 1500 });
    const { runId } = await syncOnce(rig.input());
    const { session: _none, ...desk } = rig.input();
    const runs = await syncRuns({ ...desk, limit: 5, changed: true });
    expect(faults('cosell-sync-runs', runs)).toEqual([]);
    expect(runs[0]).toMatchObject({ runId, undoable: true, counts: { updatedRight: 1 } });
    const undone = await syncUndo({ ...rig.input(), runId });
    expect(faults('cosell-sync-undo', undone)).toEqual([]);
    expect(undone.records).toMatchObject([{ putBack: [{ field: 'dealValue', newValue: 1000 }], kept: [], issues: [] }]);
    expect(undoExitCode(undone)).toBe(0);
    expect(await rig.amount(deal)).toBe(1000);
    await syncUndo({ ...rig.input(), runId: undone.run?.runId ?? '' });
    expect(await rig.amount(deal)).toBe(1500);
    expect((await syncOnce(rig.input())).counts).toMatchObject({ updatedLeft: 0, updatedRight: 0, conflicts: 0 });
  });

  it('refuses a plan for another org before anything is read', async () => {
    const plan = JSON.parse(readFileSync(file, 'utf8')) as { org: { id: string } };
    const foreign = join(folder, 'foreign.json');
    writeFileSync(foreign, JSON.stringify({ ...plan, org: { id: '00D000000000000XXX' } }));
    await expect(syncApply({ ...rig.input(), planFile: foreign })).rejects.toMatchObject({ code: 'PLAN_FOREIGN' });
    await expect(syncApply({ ...rig.input(), planFile: join(folder, 'none.json') })).rejects.toMatchObject({
      code: 'PLAN_NOT_FOUND'
    });
    const nowhere = join(folder, 'nowhere', 'plan.json');
    await expect(syncPlan({ ...rig.input(), outputFile: nowhere })).rejects.toMatchObject({ code: 'PLAN_NOT_WRITTEN' });
  });

  it('has nothing to resume', async () => {
    const result = await syncResume(rig.input());
    expect(faults('cosell-sync-resume', { ...result, code: 'NOTHING_TO_RESUME' })).toEqual([]);
    expect(result).toMatchObject({ interrupted: [], waiting: 0 });
    expect(result.run).toBeUndefined();
  });
});
