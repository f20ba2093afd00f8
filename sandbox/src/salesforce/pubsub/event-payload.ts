import type { ChangeNotice } from '../core/contract.js';
import type { FieldSchema } from '../core/schema.js';
import { bitmaps } from './bitmap.js';
import type { EventField } from './event-schema.js';

type Scalar = string | number | boolean | null;

function scalar(field: FieldSchema, value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'date':
    case 'datetime':
      return Date.parse(String(value));
    case 'boolean':
      return value === true || value === 1;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return Number(value);
    default:
      return String(value);
  }
}

/** Positions in the schema of the fields that `chosen` picks; the header is number 0. */
function positions(fields: readonly EventField[], chosen: (name: string) => boolean): string[] {
  const topLevel: number[] = [];
  const nested = new Map<number, number[]>();
  fields.forEach(({ name, members }, index) => {
    if (members === undefined) {
      if (chosen(name)) topLevel.push(index + 1);
      return;
    }
    const inside = [...members.values()].flatMap((field, place) => (chosen(field.name) ? [place] : []));
    if (inside.length > 0) nested.set(index + 1, inside);
  });
  return bitmaps(topLevel, nested);
}

function compoundValue(
  members: ReadonlyMap<string, FieldSchema>,
  value: (field: FieldSchema) => Scalar
): Record<string, Scalar> | null {
  const entries = [...members].map(([member, field]) => [member, value(field)] as const);
  return entries.some(([, each]) => each !== null) ? Object.fromEntries(entries) : null;
}

/**
 * The Avro value of a notice. Fields that did not change are null, so `changedFields` and `nulledFields` tell them from
 * emptied ones, on updates only. Fields the subscriber may not read are left out (field-level security holds for subscribers).
 */
export function eventValue(
  notice: ChangeNotice,
  fields: readonly EventField[],
  readable: (field: string) => boolean
): Record<string, unknown> {
  const changed = new Set(notice.changedFields.filter(readable));
  const update = notice.changeType === 'UPDATE';
  const value = (field: FieldSchema): Scalar =>
    changed.has(field.name) ? scalar(field, notice.values[field.name]) : null;
  const nulled = (name: string): boolean => changed.has(name) && (notice.values[name] ?? null) === null;
  const { entityName, recordIds, changeType, changeOrigin, transactionKey, sequenceNumber } = notice;
  const { commitTimestamp, commitNumber, commitUser } = notice;
  return {
    ChangeEventHeader: {
      entityName,
      recordIds,
      changeType,
      changeOrigin,
      transactionKey,
      sequenceNumber,
      commitTimestamp,
      commitNumber,
      commitUser,
      nulledFields: update ? positions(fields, nulled) : [],
      diffFields: [],
      changedFields: update ? positions(fields, (name) => changed.has(name)) : []
    },
    ...Object.fromEntries(
      fields.map(({ name, field, members }) => [
        name,
        members === undefined ? value(field as FieldSchema) : compoundValue(members, value)
      ])
    )
  };
}
