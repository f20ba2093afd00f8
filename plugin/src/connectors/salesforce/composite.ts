import type { JsonObject, JsonValue } from '../../ports/json.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { answerError } from './rest-errors.js';

/** REST API guide, "Composite": 25 sub-requests, of which 5 may be queries or collections; the series is one call. */
export const maxQueriesPerComposite = 5;
export const maxSubRequests = 25;

/** Stands in a body for the id of the record that an earlier sub-request of the series creates. */
export const reference = (referenceId: string): string => `@{${referenceId}.id}`;

export interface SubRequest {
  /** Letters, digits and underscores; unique in the series. */
  referenceId: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/services` on. */
  url: string;
  body?: JsonValue;
}

export interface SubAnswer {
  status: number;
  body: JsonValue;
}

export interface CompositeAnswer {
  answers: ReadonlyMap<string, SubAnswer>;
  serverTime: number;
}

/**
 * The Composite resource reads `@{id.field}` anywhere in a body as a reference to another sub-request and knows no way
 * to write it plainly. Texts of people may hold it; a space keeps it a text.
 */
export function withoutReferences<T extends JsonValue>(value: T): T;
export function withoutReferences(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.includes('@{') ? value.replaceAll('@{', '@ {') : value;
  if (typeof value !== 'object' || value === null) return value;
  // Nearly nothing holds one, and every report goes through here: what needs no change is not copied.
  if (!Array.isArray(value)) return plainObject(value);
  const items = value.map((item) => withoutReferences(item));
  return items.some((item, index) => item !== value[index]) ? items : value;
}

function plainObject(value: JsonObject): JsonObject {
  let copy: JsonObject | undefined;
  for (const name of Object.keys(value)) {
    const member = value[name];
    const plain = member === undefined ? undefined : withoutReferences(member);
    if (plain !== member) (copy ??= { ...value })[name] = plain;
  }
  return copy ?? value;
}

function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as JsonObject[]) : [];
}

/**
 * Sends a series of sub-requests in one call; each answers for itself (`allOrNone: false`).
 * @param repeatable whether every sub-request may be carried out twice
 */
export async function composite(
  rest: Rest,
  subRequests: readonly SubRequest[],
  repeatable: boolean
): Promise<CompositeAnswer> {
  const compositeRequest = subRequests.map(({ body, ...sub }): JsonObject =>
    body === undefined ? { ...sub } : { ...sub, body: withoutReferences(body) }
  );
  return send(rest, { allOrNone: false, compositeRequest }, repeatable);
}

async function send(rest: Rest, body: JsonObject, repeatable: boolean): Promise<CompositeAnswer> {
  const { json, serverTime } = await rest.call({ method: 'POST', path: `${dataRoot}/composite`, body, repeatable });
  const answers = objectsOf((json as JsonObject | null)?.['compositeResponse']).map((answer): [string, SubAnswer] => [
    String(answer['referenceId']),
    { status: Number(answer['httpStatusCode']), body: answer['body'] ?? null }
  ]);
  return { answers: new Map(answers), serverTime };
}

/** The body of a sub-request that has to succeed; throws the typed error it failed with. */
export function succeeded(answer: CompositeAnswer, referenceId: string): JsonValue {
  const sub = answer.answers.get(referenceId);
  if (sub === undefined || sub.status >= 400) throw answerError(sub?.status ?? 500, sub?.body);
  return sub.body;
}

/** Code of a sub-request that was undone or not tried because another one failed. */
const HALTED = 'PROCESSING_HALTED';

const isHalted = ({ body }: SubAnswer): boolean => objectsOf(body)[0]?.['errorCode'] === HALTED;

/**
 * A series that is carried out as a whole or not at all, and whose bodies may refer to each other with `reference`. The caller
 * makes sure that a repetition is refused (a unique field), so it is repeatable.
 * @returns `failure`: the answer of the sub-request that undid the others
 */
export async function transaction(
  rest: Rest,
  subRequests: readonly SubRequest[]
): Promise<CompositeAnswer & { failure?: SubAnswer }> {
  const compositeRequest = subRequests.map((sub) => ({ ...sub }) as JsonObject);
  const answer = await send(rest, { allOrNone: true, compositeRequest }, true);
  const failed = [...answer.answers.values()].filter(({ status }) => status >= 400);
  const failure = failed.find((sub) => !isHalted(sub)) ?? failed[0];
  return failure === undefined ? answer : { ...answer, failure };
}
