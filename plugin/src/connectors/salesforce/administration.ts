import type { OrgField, OrgFields } from '../../mapping/contract.js';
import type { Clock } from '../../ports/clock.js';
import type { HttpClient } from '../../ports/http.js';
import type { JsonObject } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import { composite } from './composite.js';
import { SalesforceRest, dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { answerError } from './rest-errors.js';
import type { SalesforceSession } from './session.js';
import { readSolutions, writeSolutions } from './solutions.js';
import type { CatalogueSolution, SolutionRow, SolutionWriteResult } from './solutions.js';

/** What administrators' commands ask an org for, beside the synchronization. */
export interface SalesforceAdministration {
  /** Fields of objects as this user sees them; an object that the user does not see is absent. One call. */
  describe(objects: readonly string[]): Promise<OrgFields>;
  /** The whole catalogue of Microsoft solutions, in the order of their identifiers. */
  solutions(): Promise<CatalogueSolution[]>;
  /** Creates or changes solutions by their identifier; results come in the order of the rows. */
  writeSolutions(rows: readonly SolutionRow[]): Promise<SolutionWriteResult[]>;
}

export interface AdministrationInput {
  session: SalesforceSession;
  http: HttpClient;
  clock: Clock;
  random: Random;
}

function orgField(field: JsonObject): OrgField {
  const values = (field['picklistValues'] ?? []) as JsonObject[];
  return {
    name: String(field['name']),
    type: String(field['type']),
    updateable: field['updateable'] === true,
    ...(values.length > 0
      ? { values: values.filter(({ active }) => active !== false).map(({ value }) => String(value)) }
      : {})
  };
}

async function describe(rest: Rest, objects: readonly string[]): Promise<OrgFields> {
  const requests = objects.map((object) => ({
    referenceId: object,
    method: 'GET' as const,
    url: `${dataRoot}/sobjects/${object}/describe`
  }));
  const { answers } = await composite(rest, requests, true);
  const found = new Map<string, ReadonlyMap<string, OrgField>>();
  for (const object of objects) {
    const { status = 500, body = null } = answers.get(object) ?? {};
    if (status === 404) continue;
    if (status >= 400) throw answerError(status, body);
    const fields = ((body as JsonObject)['fields'] ?? []) as JsonObject[];
    found.set(object, new Map(fields.map((field) => [String(field['name']), orgField(field)])));
  }
  return found;
}

/** Connects an administrator's command to one org. */
export function administrationOf(input: AdministrationInput): SalesforceAdministration {
  const rest = new SalesforceRest(input);
  return {
    describe: (objects) => describe(rest, objects),
    solutions: () => readSolutions(rest),
    writeSolutions: (rows) => writeSolutions(rest, rows)
  };
}
