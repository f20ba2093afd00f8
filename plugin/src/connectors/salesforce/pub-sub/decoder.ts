import { createRequire } from 'node:module';
import type Avro from 'avsc';
import type { AvroRecord } from './bitmaps.js';
import { fieldNames } from './bitmaps.js';
import type { ChangeEvent } from './types.js';

interface Header {
  entityName: string;
  recordIds: string[];
  changeType: string;
  changeOrigin: string;
  changedFields: string[];
}

export type Decode = (payload: Buffer) => Omit<ChangeEvent, 'kind' | 'topic' | 'replayId'>;

const load = createRequire(import.meta.url);

/**
 * Reads event headers of one schema. The reader's schema has the header only, so that the values of the record, which may
 * be personal data, are passed over and never exist here.
 */
export function headerDecoder(schemaJson: string): Decode {
  // Loaded with the first schema: runs without change events, which are most, do not pay for it.
  const avro = load('avsc') as typeof Avro;
  const schema = JSON.parse(schemaJson) as AvroRecord;
  const fields = schema.fields.filter(({ name }) => name === 'ChangeEventHeader');
  const reader = avro.Type.forSchema({ ...schema, fields } as Avro.Schema);
  const resolver = reader.createResolver(avro.Type.forSchema(schema as unknown as Avro.Schema));
  return (payload) => {
    const { ChangeEventHeader: header } = reader.fromBuffer(payload, resolver) as { ChangeEventHeader: Header };
    const { entityName, recordIds, changeType, changeOrigin, changedFields } = header;
    return {
      entityName,
      changeType,
      recordIds: [...recordIds],
      changeOrigin,
      changedFields: fieldNames(changedFields, schema),
      gap: changeType.startsWith('GAP_'),
      overflow: changeType === 'GAP_OVERFLOW'
    };
  };
}
