import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CosellError } from '../ports/errors.js';
import type { PlanScope, SyncPlan } from '../sync/index.js';
import { parsePlan, planChanges } from '../sync/index.js';
import type { EngineInput } from './with-sync.js';
import { endsOf, withSync } from './with-sync.js';

export interface PlanInput extends EngineInput, PlanScope {
  username?: string;
  outputFile?: string;
}

export interface PlanResult {
  /** The file the plan was written to. */
  file: string | null;
  plan: SyncPlan;
}

/** Only its owner may read it: a plan holds values of deals. */
const MODE = 0o600;

/** Written beside its place and moved there, so that nobody finds half a plan; whatever was there is replaced with its permissions. */
async function writePlan(file: string, plan: SyncPlan): Promise<string> {
  const target = resolve(file);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify(plan, null, 2)}\n`, { mode: MODE, flag: 'wx' });
    await rename(draft, target);
    return target;
  } catch (error) {
    await rm(draft, { force: true });
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CosellError(
      'PLAN_NOT_WRITTEN',
      `The plan cannot be written to ${target} (${code}).`,
      ['Name a file in a folder that exists and that you may write to.'],
      { cause: error }
    );
  }
}

/**
 * Reads a plan file.
 * @throws CosellError `PLAN_NOT_FOUND`, `PLAN_INVALID`, `PLAN_VERSION`
 */
export async function readPlan(file: string): Promise<SyncPlan> {
  const source = resolve(file);
  let text: string;
  try {
    text = await readFile(source, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CosellError(
      'PLAN_NOT_FOUND',
      `The plan ${source} cannot be read (${code}).`,
      ['Name the file that sf cosell sync plan --output-file wrote.'],
      { cause: error }
    );
  }
  return parsePlan(text, source);
}

/** A dry run from settings to plan. Writes nothing but the plan file. */
export async function syncPlan(input: PlanInput): Promise<PlanResult> {
  const { all, keys, outputFile } = input;
  const scope: PlanScope = { ...(all === undefined ? {} : { all }), ...(keys === undefined ? {} : { keys }) };
  const plan = await withSync(input, (context, sync) => planChanges(context, scope, endsOf(input, sync)));
  return { file: outputFile === undefined ? null : await writePlan(outputFile, plan), plan };
}
