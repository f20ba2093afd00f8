import { readdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { CosellError } from '../ports/errors.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import { crossCheck } from './cross-check.js';
import { MappingError, problemOf } from './errors.js';
import { extendMapping, fillIn, onlyKnownFields, removesNothing } from './extend.js';
import { checkExtension, checkMapping } from './schema-checks.generated.js';
import type { Mapping } from './types.js';

const SHIPPED = new URL('../../mappings/', import.meta.url);
/** The mapping that ships with the package. */
export const STANDARD_MAPPING = new URL('opportunity-referral.yaml', SHIPPED);
/** How many files may extend each other. */
const MAX_DEPTH = 5;

/** What the settings change about a mapping. */
export interface MappingChanges {
  /** Values of the mapping's variables; names it does not have change nothing. */
  variables?: Readonly<Record<string, string>>;
  /** Extensions in the form of a mapping file, in this order. What changes a field that is not there is left out. */
  extensions?: readonly JsonObject[];
}

/** Whether a text names a shipped mapping and no file. */
export const isMappingName = (text: string): boolean => /^[a-z][a-z0-9-]*$/.test(text);

/** Names of the shipped mappings. */
export async function shippedMappings(): Promise<string[]> {
  const files = await readdir(SHIPPED);
  return files.flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [])).sort();
}

/** The file of a mapping that is named, or found from a folder on. */
function fileOf(source: string | URL, folder?: string): string {
  if (source instanceof URL) return fileURLToPath(source);
  if (isMappingName(source)) return fileURLToPath(new URL(`${source}.yaml`, SHIPPED));
  return folder === undefined ? source : resolve(folder, source);
}

function parseYaml(text: string, file: string): JsonObject {
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
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping))
    throw new MappingError(file, [{ path: '/', message: 'it must be object.' }]);
  return mapping;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new MappingError(file, [{ path: '/', message: 'the file cannot be read.' }]);
  }
}

/** By `plugin/schemas/mapping.json`; checking a mapping also fills in its defaults. */
const CHECKS = { mapping: checkMapping, extension: checkExtension } as const;

function checkSchema(mapping: JsonObject, file: string, part: keyof typeof CHECKS): void {
  const check = CHECKS[part];
  if (!check(mapping)) throw new MappingError(file, (check.errors ?? []).map(problemOf));
}

/** A file with everything that it extends. */
async function complete(raw: JsonObject, file: string, depth = 0): Promise<JsonObject> {
  const { extends: parent } = raw;
  if (parent === undefined) return raw;
  checkSchema(raw, file, 'extension');
  const path = '/extends';
  if (depth >= MAX_DEPTH) throw new MappingError(file, [{ path, message: 'the files extend each other in a circle.' }]);
  const parentFile = fileOf(String(parent), dirname(file));
  const base = await complete(parseYaml(await textOf(parentFile), parentFile), parentFile, depth + 1);
  // Couplings are stored under the name of the mapping: another one would be a synchronization without memory.
  if (raw['name'] !== undefined && raw['name'] !== base['name'])
    throw new MappingError(file, [{ path: '/name', message: `it must be ${String(base['name'])}, or not be there.` }]);
  const missing = removesNothing(base, raw);
  if (missing.length > 0) {
    const message = (name: string): string => `there is no "${name}" to be removed.`;
    throw new MappingError(
      file,
      missing.map((name) => ({ path, message: message(name) }))
    );
  }
  return extendMapping(base, raw);
}

function withVariables(raw: JsonObject, given: MappingChanges['variables'], file: string): JsonObject {
  const own = (raw['variables'] ?? {}) as Record<string, string>;
  const known = Object.entries(given ?? {}).filter(([name]) => name in own);
  const variables = { ...own, ...Object.fromEntries(known) };
  const unknown = new Set<string>();
  const filled = fillIn({ ...raw, variables: null }, variables, (name) => unknown.add(name)) as JsonObject;
  if (unknown.size > 0) {
    const problems = [...unknown].map((name) => ({ path: '/variables', message: `there is no variable "${name}".` }));
    throw new MappingError(file, problems);
  }
  const { variables: _variables, ...rest } = filled;
  return raw['variables'] === undefined ? rest : { ...rest, variables };
}

/**
 * Parses and validates a mapping. The result is complete (defaults filled, variables put in) and frozen.
 * @param file names it in sentences, and is where files that it extends are looked for
 * @throws MappingError with file, path and one sentence per fault
 */
export async function parseMapping(text: string, file: string, changes: MappingChanges = {}): Promise<Mapping> {
  const raw = await complete(parseYaml(text, file), file);
  const extended = (changes.extensions ?? []).reduce(
    (base, extension) => extendMapping(base, onlyKnownFields(base, extension)),
    raw
  );
  const mapping = withVariables(extended, changes.variables, file);
  checkSchema(mapping, file, 'mapping');
  const result = mapping as unknown as Mapping;
  const problems = await crossCheck(result);
  if (problems.length > 0) throw new MappingError(file, problems);
  return Object.freeze(result);
}

/**
 * Reads a mapping: a file, or a shipped one by its name; without either, the one for referrals.
 * @throws MappingError as `parseMapping`
 */
export async function loadMapping(
  source: string | URL = STANDARD_MAPPING,
  changes: MappingChanges = {}
): Promise<Mapping> {
  const file = fileOf(source);
  try {
    return await parseMapping(await textOf(file), file, changes);
  } catch (error) {
    if (error instanceof CosellError) throw error;
    throw new MappingError(file, [{ path: '/', message: 'the file cannot be read.' }]);
  }
}
