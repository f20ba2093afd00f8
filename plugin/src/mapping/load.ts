import { readFile } from 'node:fs/promises';
import type { ErrorObject } from 'ajv';
import { Ajv } from 'ajv';
import { LineCounter, parseDocument } from 'yaml';
import { CosellError } from '../ports/errors.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import type { Mapping } from './types.js';

/** The mapping that ships with the package. */
export const STANDARD_MAPPING = new URL('../../mappings/opportunity-referral.yaml', import.meta.url);
const SCHEMA = new URL('../../schemas/mapping.json', import.meta.url);

/** A mapping file that cannot be used. `problems` holds one sentence for each fault. */
export class MappingError extends CosellError {
  public override readonly name = 'MappingError';

  public constructor(
    public readonly file: string,
    public readonly problems: readonly { path: string; message: string }[]
  ) {
    const lines = problems.map(({ path, message }) => `${path}: ${message}`);
    super('MAPPING_INVALID', `The mapping ${file} cannot be used. ${lines.join(' ')}`, [
      'Correct the places named in the file and run the command again.'
    ]);
  }
}

const describe = (error: ErrorObject): { path: string; message: string } => {
  const detail = (error.params as { additionalProperty?: string; allowedValues?: unknown[] }) ?? {};
  const extra =
    detail.additionalProperty !== undefined
      ? ` ("${detail.additionalProperty}")`
      : detail.allowedValues !== undefined
        ? ` (${detail.allowedValues.join(', ')})`
        : '';
  return {
    path: error.instancePath === '' ? '/' : error.instancePath,
    message: `it ${error.message ?? 'is wrong'}${extra}.`
  };
};

/** Faults that a JSON Schema cannot name: names used twice, references to fields that do not exist, unusable checks. */
function crossCheck(mapping: Mapping): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const names = mapping.fields.map((field) => field.name);
  mapping.fields.forEach((field, index) => {
    const path = `/fields/${index}`;
    if (names.indexOf(field.name) !== index)
      problems.push({ path, message: `the field "${field.name}" is there twice.` });
    if (field.impliedBy !== undefined && !names.includes(field.impliedBy.field)) {
      problems.push({ path: `${path}/impliedBy`, message: `there is no field "${field.impliedBy.field}".` });
    }
    for (const side of ['left', 'right'] as const) {
      if (field.type === 'list' && field[side].item?.[field.key ?? ''] === undefined) {
        problems.push({
          path: `${path}/${side}/item`,
          message: `the key "${field.key ?? ''}" is not among the members.`
        });
      }
    }
  });
  const ajv = new Ajv({ strict: false });
  mapping.preflight.forEach((check, index) => {
    if (!ajv.validateSchema(check.schema) || (check.when !== undefined && !ajv.validateSchema(check.when))) {
      problems.push({ path: `/preflight/${index}`, message: 'its schema is not a JSON Schema.' });
    }
  });
  if (mapping.left.scope !== undefined && !ajv.validateSchema(mapping.left.scope)) {
    problems.push({ path: '/left/scope', message: 'it is not a JSON Schema.' });
  }
  return problems;
}

/**
 * Parses and validates a mapping. The result is complete (defaults filled) and frozen.
 * @throws MappingError with file, path and one sentence per fault.
 */
export async function parseMapping(text: string, file: string): Promise<Mapping> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  if (document.errors.length > 0) {
    throw new MappingError(
      file,
      document.errors.map((error) => ({
        path: `line ${lineCounter.linePos(error.pos[0]).line}`,
        message: `${error.message.split('\n')[0]?.replace(/:$/, '') ?? 'it is not YAML'}.`
      }))
    );
  }
  // A plain copy: YAML anchors would otherwise share objects that the defaults then write into.
  const mapping = JSON.parse(JSON.stringify(document.toJS() ?? null)) as JsonValue;
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false, validateSchema: false });
  const validate = ajv.compile(JSON.parse(await readFile(SCHEMA, 'utf8')) as JsonObject);
  if (!validate(mapping)) throw new MappingError(file, (validate.errors ?? []).map(describe));
  const complete = mapping as unknown as Mapping;
  const problems = crossCheck(complete);
  if (problems.length > 0) throw new MappingError(file, problems);
  return Object.freeze(complete);
}

/** Reads a mapping file; without one, the mapping that ships with the package. */
export async function loadMapping(file: string | URL = STANDARD_MAPPING): Promise<Mapping> {
  const name = file instanceof URL ? file.pathname : file;
  try {
    return await parseMapping(await readFile(file, 'utf8'), name);
  } catch (error) {
    if (error instanceof CosellError) throw error;
    throw new MappingError(name, [{ path: '/', message: 'the file cannot be read.' }]);
  }
}
