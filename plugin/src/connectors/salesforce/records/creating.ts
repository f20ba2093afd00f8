import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { Arrival, InboundPort, Reception } from '../../../sync/inbound.js';
import type { RecordIssue } from '../../../mapping/types.js';
import { isEmpty } from '../../../mapping/compare.js';
import { pageOf, queryPath, quoted } from '../query.js';
import { dataRoot } from '../rest.js';
import type { Rest } from '../rest.js';
import { answerError, faultsOf } from '../rest-errors.js';
import type { ObjectShape } from './object-shape.js';
import { erpFields } from './object-shape.js';
import type { RecordsTogether } from './together.js';

/** Object Reference, Contact: lengths of the two parts of a name. */
const nameLengths = { FirstName: 40, LastName: 80 } as const;

/** A name in one piece, for objects that take it in parts: the last word is the last name. */
export function nameParts(name: string): JsonObject {
  const words = name.trim().split(/\s+/);
  const last = words.pop() ?? '';
  const first = words.join(' ');
  if (last.length > nameLengths.LastName || first.length > nameLengths.FirstName)
    return { LastName: name.trim().slice(0, nameLengths.LastName) };
  return { LastName: last, ...(first === '' ? {} : { FirstName: first }) };
}

/** Values by which a new record can be made; what the org lacks or does not take from us is left out. */
export function creationFields(
  { columns, createable }: ObjectShape,
  values: Readonly<Record<string, JsonValue>>
): JsonObject {
  const fields: JsonObject = {};
  for (const [path, value] of Object.entries(values)) {
    const column = columns.get(path) ?? path;
    if (createable.has(column)) fields[column] = value;
    else if (column === 'Name' && createable.has('LastName') && typeof value === 'string')
      Object.assign(fields, nameParts(value));
  }
  return fields;
}

const required = (object: string, fields: readonly string[]): RecordIssue => ({
  code: 'FIELD_REQUIRED',
  message: `A new ${object} needs ${fields.join(', ')}, which the record in Business Central does not have.`,
  nextStep: 'Fill the field in Business Central, or create and couple the record by hand: sf cosell coupling add'
});

const noPlace = (object: string): RecordIssue => ({
  code: 'NOT_CREATED_HERE',
  message: `The org has no field on ${object} that says which record of Business Central it belongs to, so none is created.`,
  nextStep: 'Create the record by hand and couple the two: sf cosell coupling add'
});

export interface CreatingPorts {
  rest: Rest;
  shape: () => Promise<ObjectShape>;
  /** Values that every new record starts with, by path. */
  onCreate: Readonly<Record<string, JsonValue>>;
  /** Present where many records are taken in at once. */
  bulk?: RecordsTogether | undefined;
}

/**
 * Creates records of one object for records of Business Central. The identifier of the other record is unique in the org, so a
 * repetition after a lost answer is refused and the record of the first attempt is found (promise G1).
 */
export class RecordsInbound implements InboundPort {
  public constructor(private readonly ports: CreatingPorts) {}

  public async receive(arrival: Arrival): Promise<Reception> {
    const shape = await this.ports.shape();
    if (!shape.told) return { outcome: 'unclear', issues: [noPlace(shape.object)] };
    const key = await this.holder(shape.object, arrival.rightKey);
    if (key !== undefined) return { outcome: 'there', key };
    const fields = this.fieldsOf(shape, arrival);
    const missing = shape.required.filter((name) => isEmpty(fields[name]));
    if (missing.length > 0) return { outcome: 'unclear', issues: [required(shape.object, missing)] };
    return { outcome: 'ready', details: {} };
  }

  public async takeIn(arrival: Arrival): Promise<{ key: string; created: boolean }> {
    const { rest } = this.ports;
    const shape = await this.ports.shape();
    const body = this.fieldsOf(shape, arrival);
    if (this.ports.bulk) return this.takeInTogether(this.ports.bulk, body, arrival.rightKey);
    const path = `${dataRoot}/sobjects/${shape.object}`;
    const { json, status } = await rest.call({ method: 'POST', path, body, repeatable: true, accept: [400] });
    if (status < 400) return { key: String((json as JsonObject)['id']), created: true };
    if (faultsOf(json)[0]?.code !== 'DUPLICATE_VALUE') throw answerError(status, json);
    const key = await this.holder(shape.object, arrival.rightKey);
    if (key === undefined) throw answerError(status, json);
    return { key, created: false };
  }

  public async succeed(key: string, { rightKey }: Arrival): Promise<void> {
    const { object } = await this.ports.shape();
    const path = `${dataRoot}/sobjects/${object}/${key}`;
    await this.ports.rest.call({ method: 'PATCH', path, body: { [erpFields.recordId]: rightKey }, repeatable: true });
  }

  private async takeInTogether(bulk: RecordsTogether, body: JsonObject, rightKey: string) {
    const made = await bulk.create(body);
    if (made !== 'there') return { key: made.key, created: true };
    const key = await bulk.holder(rightKey);
    if (key === undefined) throw answerError(400, [{ errorCode: 'DUPLICATE_VALUE', message: 'duplicate value found' }]);
    return { key, created: false };
  }

  private fieldsOf(shape: ObjectShape, { values, rightKey }: Arrival): JsonObject {
    return { ...creationFields(shape, { ...this.ports.onCreate, ...values }), [erpFields.recordId]: rightKey };
  }

  private async holder(object: string, rightKey: string): Promise<string | undefined> {
    if (this.ports.bulk) return this.ports.bulk.holder(rightKey);
    const soql = `SELECT Id FROM ${object} WHERE ${erpFields.recordId} = ${quoted(rightKey)} LIMIT 1`;
    const { json } = await this.ports.rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
    const [row] = pageOf(json).records;
    return row === undefined ? undefined : String(row['Id']);
  }
}
