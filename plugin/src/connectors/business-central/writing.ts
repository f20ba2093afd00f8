import type { PathValues } from '../../mapping/types.js';
import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { RemoteRecord, WriteResult } from '../../sync/ports.js';
import { answerError, faultOf } from './api-errors.js';
import type { EntitySetName } from './contract.generated.js';
import { entitySets } from './contract.generated.js';
import { checkCompany, readOne } from './reading.js';
import type { SetContext } from './record.js';
import { pathOf, toRecord } from './record.js';
import { system } from './system.js';
import { writeValue } from './values.js';

function refused(code: string, target: string, message: string, nextStep: string): ConnectorError {
  return new ConnectorError(system, 'rejected', code, message, { target, nextSteps: [nextStep] });
}

const readOnly = (set: string, field: string): ConnectorError =>
  refused(
    'FIELD_READ_ONLY',
    field,
    `${field} of ${set} cannot be written in Business Central.`,
    'Let the field travel towards Salesforce only.'
  );

/** A stale token, or none that the service can read. */
const isStale = (status: number, json: JsonValue): boolean =>
  status === 404 || status === 412 || (status === 409 && faultOf(json)?.code.toLowerCase() === 'request_entitychanged');

/** A line gets its id from the service; the one it comes with tells lines apart on the other side. */
function lineBody(lines: string, item: JsonValue): JsonObject {
  const entries = Object.entries(item as JsonObject).filter(
    ([name, value]) => name !== 'id' && value !== null && value !== undefined
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, writeValue(lines as EntitySetName, name, value!)]));
}

/**
 * Values as a request body; lines travel inside their document (deep insert).
 * @throws ConnectorError `FIELD_READ_ONLY`, and what `writeValue` refuses
 */
export function bodyOf({ set, facts }: SetContext, values: PathValues): JsonObject {
  const body: JsonObject = {};
  for (const [path, value] of Object.entries(values)) {
    if (facts.readOnly.includes(path)) throw readOnly(set, path);
    body[path] =
      path === facts.lines && Array.isArray(value)
        ? value.map((item) => lineBody(path, item))
        : writeValue(set, path, value);
  }
  return body;
}

/** The answer of a create has no lines; without them the record is still coupled, and the next read brings them. */
async function withLines(context: SetContext, record: RemoteRecord): Promise<RemoteRecord> {
  if (context.facts.lines === undefined) return record;
  try {
    return (await readOne(context, record.key)) ?? record;
  } catch (error) {
    if (error instanceof ConnectorError) return record;
    throw error;
  }
}

/** @throws ConnectorError `NOT_ALLOWED` for a set in which nobody may create records */
export function mayCreate({ set }: SetContext): void {
  if (entitySets[set].ops.includes('C')) return;
  throw refused('NOT_ALLOWED', set, `Business Central lets nobody create ${set}.`, 'Create the record there.');
}

/** The body of a creation, with our key where the set has a field for it. */
export function creationBody(context: SetContext, marker: string, values: PathValues): JsonObject {
  const { marking } = context.facts;
  return bodyOf(context, marking.by === 'field' ? { ...values, [marking.field]: marker } : values);
}

/** `CreatingConnector.create`: one POST that is never repeated by itself. */
export async function createRecord(context: SetContext, marker: string, values: PathValues): Promise<RemoteRecord> {
  mayCreate(context);
  const { json } = await context.api.call({
    method: 'POST',
    path: pathOf(context),
    body: creationBody(context, marker, values),
    repeatable: false
  });
  return withLines(context, toRecord(context, json as JsonObject));
}

/** @throws ConnectorError `LINES_READ_ONLY`, and as `bodyOf` */
export function updateBody(context: SetContext, values: PathValues): JsonObject {
  const { lines } = context.facts;
  if (lines === undefined || !(lines in values)) return bodyOf(context, values);
  throw refused(
    'LINES_READ_ONLY',
    lines,
    'The lines of a document that exists are not changed from outside.',
    'Change the lines in Business Central, or make a new document.'
  );
}

/** `Connector.update`: one PATCH under the ETag that was read. */
export async function updateRecord(
  context: SetContext,
  current: RemoteRecord,
  values: PathValues
): Promise<WriteResult> {
  checkCompany(context, [current]);
  const body = updateBody(context, values);
  const { status, json } = await context.api.call({
    method: 'PATCH',
    path: pathOf(context, current.key),
    body,
    headers: { 'if-match': current.version },
    // Had a cut PATCH been carried out, its repetition would meet a newer ETag and answer 409.
    repeatable: true,
    accept: [404, 409, 412]
  });
  if (isStale(status, json)) return { outcome: 'stale' };
  if (status >= 400) throw answerError(json, { status, repeatable: true });
  const record = json === null ? await readOne(context, current.key) : toRecord(context, json as JsonObject);
  return { outcome: 'written', ...(record ? { record: keepLines(context, current, record) } : {}) };
}

/** The answer to a PATCH of the head has no lines; those that were read are still the ones. */
function keepLines({ facts: { lines } }: SetContext, before: RemoteRecord, after: RemoteRecord): RemoteRecord {
  if (lines === undefined || lines in after.document || !(lines in before.document)) return after;
  return { ...after, document: { ...after.document, [lines]: before.document[lines] } };
}
