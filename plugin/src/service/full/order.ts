import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import type { FullMapping } from '../../coupling/full/index.js';
import { inOrder } from '../../coupling/full/index.js';
import { CosellError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';

const FILE = new URL('../../../mappings/full-sync/business-central.yaml', import.meta.url);
const SCHEMA = new URL('../../../schemas/full-sync.json', import.meta.url);

/** The order file: see schemas/full-sync.json. */
export interface FullOrder {
  mappings: readonly FullMapping[];
  excluded: readonly { name: string; reason: string }[];
}

/**
 * The shipped order of mappings.
 * @throws CosellError `ORDER_INVALID`
 */
export async function loadOrder(file: URL = FILE): Promise<FullOrder> {
  const [text, schema] = await Promise.all([readFile(file, 'utf8'), readFile(SCHEMA, 'utf8')]);
  const order = parse(text) as FullOrder;
  const validate = new Ajv({ allErrors: true, useDefaults: true, strict: false, validateSchema: false }).compile(
    JSON.parse(schema) as JsonObject
  );
  if (validate(order)) return order;
  const [problem] = validate.errors ?? [];
  throw new CosellError(
    'ORDER_INVALID',
    `The order of mappings is wrong at ${problem?.instancePath}: ${problem?.message}.`
  );
}

/**
 * The mappings that take part, parents first: those of the order file that are switched on, and mappings of one's own, which wait
 * for nobody and may create nothing.
 */
export function takingPart({ mappings, excluded }: FullOrder, enabled: readonly string[]): FullMapping[] {
  const known = new Set([...mappings, ...excluded].map(({ name }) => name));
  const own = enabled.filter((name) => !known.has(name));
  return inOrder([
    ...mappings.filter(({ name }) => enabled.includes(name)),
    ...own.map((name): FullMapping => ({ name, label: name, after: [], creates: [] }))
  ]);
}
