import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { undiciHttp } from '../../connectors/http/index.js';
import { administrationOf, CsvParser } from '../../connectors/salesforce/index.js';
import type {
  CatalogueSolution,
  SalesforceAdministration,
  SalesforceSession
} from '../../connectors/salesforce/index.js';
import { valueAt } from '../../mapping/index.js';
import { systemClock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';
import { systemRandom } from '../../ports/random.js';
import type { SyncInput } from '../commands.js';
import { exitCodes } from '../commands.js';
import { withSync } from '../with-sync.js';
import { readSolutionCsv } from './csv.js';
import type { PlannedSolution, SeenSolution, SolutionAction } from './plan.js';
import { planImport, planLearning } from './plan.js';

export interface SolutionList {
  solutions: CatalogueSolution[];
}

export interface SolutionChange extends Omit<PlannedSolution, 'row'> {
  /** Salesforce's reason when it did not take the row; its code. */
  code?: string;
}

export interface SolutionChanges {
  dryRun: boolean;
  counts: Record<SolutionAction, number>;
  solutions: SolutionChange[];
}

async function withOrg<T>(
  session: SalesforceSession,
  work: (administration: SalesforceAdministration) => Promise<T>
): Promise<T> {
  const http = undiciHttp();
  try {
    return await work(administrationOf({ session, http, clock: systemClock, random: systemRandom }));
  } finally {
    await http.close();
  }
}

/** The catalogue that sellers choose from. */
export async function listSolutions(session: SalesforceSession): Promise<SolutionList> {
  return { solutions: await withOrg(session, (org) => org.solutions()) };
}

/** Carries a plan out, unless it is a dry run. A row that Salesforce does not take is refused with its reason. */
async function carryOut(
  org: SalesforceAdministration,
  planned: readonly PlannedSolution[],
  dryRun: boolean
): Promise<SolutionChanges> {
  const rows = planned.flatMap(({ row }) => (row === undefined ? [] : [row]));
  const results = dryRun || rows.length === 0 ? [] : await org.writeSolutions(rows);
  const faults = new Map(results.flatMap(({ id, error }) => (error === undefined ? [] : [[id, error] as const])));
  const solutions = planned.map(({ row, ...one }): SolutionChange => {
    const fault = row === undefined ? undefined : faults.get(row.id);
    return fault === undefined ? one : { ...one, action: 'refused', reason: fault.message, code: fault.code };
  });
  const counts = { create: 0, update: 0, same: 0, refused: 0 };
  for (const { action } of solutions) counts[action] += 1;
  return { dryRun, counts, solutions };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CosellError(
      'SOLUTION_FILE_NOT_FOUND',
      `The file ${file} cannot be read (${code}).`,
      ['Name a CSV file with --file.'],
      { cause: error }
    );
  }
}

/**
 * Brings the catalogue to what a CSV file says: creates and changes, never deletes. Repeating it changes nothing.
 * @throws CosellError `SOLUTION_FILE_NOT_FOUND`, `SOLUTION_FILE_INVALID`
 */
export async function importSolutions(input: {
  session: SalesforceSession;
  file: string;
  dryRun: boolean;
}): Promise<SolutionChanges> {
  const rows = readSolutionCsv(await textOf(resolve(input.file)), new CsvParser());
  return withOrg(input.session, async (org) => carryOut(org, planImport(rows, await org.solutions()), input.dryRun));
}

/** The solutions of a referral that have an identifier of their own; categories have none. */
function* solutionsOf(referral: JsonObject): Generator<SeenSolution> {
  const listed = valueAt(referral, 'details.requirements.solutions');
  for (const entry of Array.isArray(listed) ? listed : []) {
    const { id, name, publisherName, type } = (entry ?? {}) as JsonObject;
    if (typeof id !== 'string' || id.trim() === '' || type === 'Category') continue;
    const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
    yield { id: id.trim(), name: text(name), publisher: text(publisherName) };
  }
}

/**
 * Adds solutions that referrals name to the catalogue: no interface of Partner Center lists a partner's solutions. Reads all
 * referrals, and creates only what is missing.
 */
export async function learnSolutions(input: SyncInput & { dryRun: boolean }): Promise<SolutionChanges> {
  const { dryRun, ...sync } = input;
  const seen: SeenSolution[] = [];
  await withSync(sync, async ({ right }) => {
    for await (const { records } of right.changes(undefined))
      for (const { document } of records) seen.push(...solutionsOf(document));
  });
  return withOrg(input.session, async (org) => carryOut(org, planLearning(seen, await org.solutions()), dryRun));
}

/** 0 when everything went well, 68 when some rows were refused, 1 when all were. */
export function solutionsExitCode({ counts: { create, update, same, refused } }: SolutionChanges): number {
  if (refused === 0) return exitCodes.success;
  return create + update + same > 0 ? exitCodes.partial : exitCodes.failed;
}
