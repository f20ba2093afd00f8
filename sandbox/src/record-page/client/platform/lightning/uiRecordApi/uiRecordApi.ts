import { Adapter, refreshRecords } from '../../../data/adapter.js';
import { call, read } from '../../../data/http.js';
import { fieldNames } from '../../../data/field-names.js';
import type { FieldReference } from '../../../data/field-names.js';
import type { FieldValue, RecordRepresentation } from '../../../data/representations.js';

export interface RecordConfig {
  recordId?: string;
  fields?: FieldReference | readonly FieldReference[];
  optionalFields?: FieldReference | readonly FieldReference[];
  layoutTypes?: string | readonly string[];
  modes?: string | readonly string[];
}

export interface RecordsConfig {
  records?: readonly {
    recordIds: readonly string[];
    fields?: RecordConfig['fields'];
    optionalFields?: RecordConfig['fields'];
  }[];
}

export interface RecordInput {
  apiName?: string;
  fields: Record<string, unknown>;
}

/** Wire adapter for one record (LWC guide, getRecord). */
export class getRecord extends Adapter<RecordConfig, RecordRepresentation> {
  protected isReady(config: RecordConfig): boolean {
    const asked = config.fields ?? config.optionalFields ?? config.layoutTypes;
    return Boolean(config.recordId) && asked !== undefined;
  }

  protected read(config: RecordConfig): Promise<RecordRepresentation> {
    return read(`ui-api/records/${config.recordId}?${parameters(config)}`);
  }

  protected override watched(config: RecordConfig): unknown {
    return { id: config.recordId };
  }
}

/** Wire adapter for several records at once (LWC guide, getRecords). */
export class getRecords extends Adapter<RecordsConfig, { results: { statusCode: number; result: unknown }[] }> {
  protected isReady(config: RecordsConfig): boolean {
    return config.records !== undefined && config.records.length > 0;
  }

  protected async read(config: RecordsConfig): Promise<{ results: { statusCode: number; result: unknown }[] }> {
    const batches = (config.records ?? []).map(({ recordIds, fields, optionalFields }) =>
      read<{ results: { statusCode: number; result: unknown }[] }>(
        `ui-api/records/batch/${recordIds.join(',')}?${parameters({ fields, optionalFields } as RecordConfig)}`
      )
    );
    return { results: (await Promise.all(batches)).flatMap(({ results }) => results) };
  }
}

export function getFieldValue(record: RecordRepresentation | undefined, field: FieldReference): unknown {
  return descend(record, field)?.value;
}

export function getFieldDisplayValue(
  record: RecordRepresentation | undefined,
  field: FieldReference
): string | null | undefined {
  return descend(record, field)?.displayValue;
}

export async function updateRecord(recordInput: RecordInput): Promise<RecordRepresentation> {
  const { Id: id, ...fields } = recordInput.fields;
  const recordId = String(id);
  const record = await call<RecordRepresentation>('PATCH', `ui-api/records/${recordId}`, { fields });
  await refreshRecords([recordId]);
  return record;
}

export function createRecord(recordInput: RecordInput): Promise<RecordRepresentation> {
  return call('POST', 'ui-api/records', recordInput);
}

export async function deleteRecord(recordId: string): Promise<void> {
  await call('DELETE', `ui-api/records/${recordId}`);
  await refreshRecords([recordId]);
}

/** For changes made outside Lightning Data Service. */
export function notifyRecordUpdateAvailable(items: readonly { recordId: string }[]): Promise<void> {
  return refreshRecords(items.map(({ recordId }) => recordId));
}

/** The older name of `notifyRecordUpdateAvailable`, without a promise. */
export function getRecordNotifyChange(items: readonly { recordId: string }[]): void {
  void notifyRecordUpdateAvailable(items);
}

function parameters(config: RecordConfig): URLSearchParams {
  const query = new URLSearchParams();
  const lists = { fields: fieldNames(config.fields), optionalFields: fieldNames(config.optionalFields) };
  for (const [name, names] of Object.entries(lists)) if (names.length > 0) query.set(name, names.join(','));
  for (const name of ['layoutTypes', 'modes'] as const) {
    const values = config[name];
    if (values !== undefined) query.set(name, [values].flat().join(','));
  }
  return query;
}

function descend(record: RecordRepresentation | undefined, field: FieldReference): FieldValue | undefined {
  const path = fieldNames(field)[0]?.split('.').slice(1) ?? [];
  let current: FieldValue | undefined = { value: record ?? null, displayValue: null };
  for (const name of path) current = (current?.value as RecordRepresentation | null | undefined)?.fields[name];
  return current;
}
