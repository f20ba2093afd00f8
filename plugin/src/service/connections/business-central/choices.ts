import type { CompanyInfo, EnvironmentInfo } from '../../../connectors/business-central/index.js';
import { CosellError } from '../../../ports/errors.js';

/** Asks a person to pick one; undefined when nobody can be asked or nothing was picked. */
export type Pick = (what: 'environment' | 'company', choices: readonly string[]) => Promise<string | undefined>;

const named = (choices: readonly string[]): string => choices.map((choice) => `"${choice}"`).join(', ');

function needed(what: 'environment' | 'company', choices: readonly string[]): CosellError {
  return new CosellError(`${what.toUpperCase()}_NEEDED`, `There are several: name one ${what} of ${named(choices)}.`, [
    `Add --${what} "${choices[0]}" to the command.`
  ]);
}

/**
 * The only choice, or the one that a person picks.
 * @throws CosellError `ENVIRONMENT_NEEDED`, `COMPANY_NEEDED` naming the choices
 */
async function one(what: 'environment' | 'company', choices: readonly string[], pick: Pick): Promise<string> {
  const [only] = choices;
  if (choices.length === 1 && only !== undefined) return only;
  const picked = await pick(what, choices);
  if (picked !== undefined) return picked;
  throw needed(what, choices);
}

/**
 * Name of the environment.
 * @throws CosellError `ENVIRONMENT_NONE`, `ENVIRONMENT_NEEDED`
 */
export async function chooseEnvironment(found: readonly EnvironmentInfo[], pick: Pick): Promise<string> {
  const active = found.filter(({ status }) => status === '' || status.toLowerCase() === 'active');
  if (active.length > 0)
    return one(
      'environment',
      active.map(({ name }) => name),
      pick
    );
  throw new CosellError('ENVIRONMENT_NONE', 'The sign-in sees no active environment of Business Central.', [
    'Name it with --environment, or authorize the application in the Business Central admin center.'
  ]);
}

const isCalled =
  (wanted: string) =>
  (company: CompanyInfo): boolean =>
    [company.id, company.name, company.displayName].some((text) => text.toLowerCase() === wanted.toLowerCase());

/**
 * The company that is meant: by id, name or display name, or picked.
 * @throws CosellError `COMPANY_NONE`, `COMPANY_UNKNOWN`, `COMPANY_NEEDED`
 */
export async function chooseCompany(
  found: readonly CompanyInfo[],
  wanted: string | undefined,
  pick: Pick
): Promise<CompanyInfo> {
  if (found.length === 0) {
    throw new CosellError('COMPANY_NONE', 'The sign-in sees no company in this environment.', [
      'Assign the application a permission set for a company, on the page Microsoft Entra Applications.'
    ]);
  }
  const names = found.map(({ name }) => name);
  const name = wanted ?? (await one('company', names, pick));
  const matches = found.filter(isCalled(name));
  const company = found.find((candidate) => candidate.name === name) ?? (matches.length === 1 ? matches[0] : undefined);
  if (company) return company;
  throw new CosellError(
    'COMPANY_UNKNOWN',
    `There is no company "${name}" there, or several. There are: ${named(names)}.`,
    [`Add --company "${names[0]}" to the command.`]
  );
}
