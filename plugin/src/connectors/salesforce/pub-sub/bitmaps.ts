/** The part of an Avro schema that is needed to name fields. */
export interface AvroRecord {
  type: 'record';
  name: string;
  namespace?: string;
  fields: readonly { name: string; type: unknown }[];
}

/** Bit n of the hexadecimal number stands for field n of the record; the lowest bit is on the right. */
function namesOf(bits: string, record: AvroRecord): string[] {
  const number = /^0x[0-9a-f]+$/i.test(bits) ? BigInt(bits) : 0n;
  return record.fields.flatMap(({ name }, place) => ((number >> BigInt(place)) & 1n ? [name] : []));
}

const isRecord = (type: unknown): type is AvroRecord => (type as AvroRecord | null)?.type === 'record';

/** A named type is written out at its first use only. */
function named(schema: AvroRecord, name: unknown): AvroRecord | undefined {
  return schema.fields.flatMap(({ type }) => [type].flat()).find((type) => isRecord(type) && type.name === name) as
    AvroRecord | undefined;
}

function nestedRecord(schema: AvroRecord, place: number): AvroRecord | undefined {
  const types = [schema.fields[place]?.type].flat();
  return types.find(isRecord) ?? types.map((type) => named(schema, type)).find((type) => type !== undefined);
}

/**
 * Names of the fields behind the bitmaps of an event header: `0x0C` for fields of the record, `5-0x02` for members of the
 * compound field number 5 (Pub/Sub API guide, "Event Deserialization Considerations").
 */
export function fieldNames(bitmaps: readonly string[], schema: AvroRecord): string[] {
  return bitmaps.flatMap((entry) => {
    const [place = '', bits] = entry.split('-');
    if (bits === undefined) return namesOf(place, schema);
    const compound = nestedRecord(schema, Number(place));
    const parent = schema.fields[Number(place)]?.name ?? '';
    return compound === undefined ? [parent] : namesOf(bits, compound).map((name) => `${parent}.${name}`);
  });
}
