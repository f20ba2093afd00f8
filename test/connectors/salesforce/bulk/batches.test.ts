import { describe, expect, it } from 'vitest';
import { batchesByColumns, batchText } from '../../../../plugin/src/connectors/salesforce/bulk/batches.js';
import type { BatchLimits } from '../../../../plugin/src/connectors/salesforce/bulk/batches.js';
import { rowFault } from '../../../../plugin/src/connectors/salesforce/bulk/results.js';
import {
  expectedLooks,
  defaultPolling,
  nextPollMs
} from '../../../../plugin/src/connectors/salesforce/bulk/polling.js';
import type { JsonObject } from '../../../../plugin/src/ports/json.js';
import { SeededRandom } from '../../../../plugin/src/ports/random.js';

async function batches(records: JsonObject[], limits: Partial<BatchLimits> = {}): Promise<string[]> {
  const texts: string[] = [];
  const shape = { recordOf: (record: JsonObject) => record, keyColumn: 'Id' };
  for await (const batch of batchesByColumns(records, shape, limits)) {
    const text = batchText(batch);
    expect(Buffer.byteLength(text)).toBe(batch.bytes);
    texts.push(text);
  }
  return texts;
}

describe('uploads', () => {
  it.each([
    {
      name: 'have one set of columns each, so that no field a record does not mention gets a value',
      records: [
        { Id: '1', A: 1 },
        { Id: '2', B: null },
        { A: 3, Id: '3' },
        { Id: '4', A: undefined, B: 'x' }
      ],
      texts: ['"A","Id"\n"1","1"\n"3","3"\n', '"B","Id"\n"#N/A","2"\n"x","4"\n']
    },
    {
      name: 'leave out the type of the REST API',
      records: [{ attributes: { type: 'Account' }, Id: '1' }],
      texts: ['"Id"\n"1"\n']
    },
    { name: 'are none for nothing', records: [], texts: [] },
    {
      name: 'end at the number of records',
      records: [{ Id: '1' }, { Id: '2' }, { Id: '3' }],
      limits: { records: 2 },
      texts: ['"Id"\n"1"\n"2"\n', '"Id"\n"3"\n']
    },
    {
      name: 'end before the number of bytes, counted in UTF-8 with the header',
      records: [{ Id: '1' }, { Id: 'é' }, { Id: '3' }],
      limits: { bytes: 14 },
      texts: ['"Id"\n"1"\n"é"\n', '"Id"\n"3"\n']
    },
    {
      name: 'keep the order of two writes to one record',
      records: [
        { Id: '1', A: 1 },
        { Id: '2', A: 1 },
        { Id: '1', B: 2 }
      ],
      texts: ['"A","Id"\n"1","1"\n"1","2"\n', '"B","Id"\n"2","1"\n']
    },
    {
      name: 'go out when too many records wait, the largest first',
      records: [{ Id: '1', A: 1 }, { Id: '2' }, { Id: '3' }, { Id: '4' }],
      limits: { pending: 3 },
      texts: ['"Id"\n"2"\n"3"\n', '"A","Id"\n"1","1"\n', '"Id"\n"4"\n']
    }
  ])('$name', async ({ records, limits, texts }) => {
    expect(await batches(records as JsonObject[], limits)).toEqual(texts);
  });

  it('are made while the records come in', async () => {
    let taken = 0;
    const endless = function* (): Generator<JsonObject> {
      for (;;) yield { Id: String((taken += 1)) };
    };
    const shape = { recordOf: (record: JsonObject) => record, keyColumn: 'Id' };
    for await (const { rows } of batchesByColumns(endless(), shape, { records: 10 })) {
      expect(rows).toHaveLength(10);
      break;
    }
    expect(taken).toBe(11);
  });
});

describe('a refused row', () => {
  it.each([
    [
      'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Name]'
    ],
    [
      'DUPLICATE_VALUE:duplicate value found: K duplicates value on record with id: a0:-- ',
      'DUPLICATE_VALUE',
      'duplicate value found: K duplicates value on record with id: a0'
    ],
    ['ENTITY_IS_DELETED:entity is deleted:--', 'ENTITY_IS_DELETED', 'entity is deleted'],
    ['something else', 'UNKNOWN_EXCEPTION', 'something else']
  ])('%s', (text, code, message) => {
    expect(rowFault(text)).toEqual({ code, message });
  });
});

describe('waiting for a job', () => {
  it('grows to a cap, with jitter', () => {
    const waits = [0, 3, 20].map((look) => nextPollMs(defaultPolling, look, new SeededRandom(look)));
    expect(waits[0]).toBeGreaterThanOrEqual(500);
    expect(waits[0]).toBeLessThanOrEqual(1000);
    expect(waits[1]).toBeLessThanOrEqual(3375);
    expect(waits[2]).toBeGreaterThanOrEqual(15_000);
    expect(waits[2]).toBeLessThanOrEqual(30_000);
    expect(nextPollMs(defaultPolling, 3, new SeededRandom(1))).not.toBe(
      nextPollMs(defaultPolling, 3, new SeededRandom(2))
    );
  });

  it.each([
    [0, 1],
    [500, 2],
    [10_000, 7],
    [60_000, 11]
  ])('a job of %i ms is looked at %i times', (duration, looks) => {
    expect(expectedLooks(defaultPolling, duration)).toBe(looks);
  });
});
