import type { PathValues } from '../../mapping/types.js';
import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import { patchPaths } from './contract.generated.js';
import { isRegistrationPath } from './registration.js';
import { system } from './tokens.js';
import { helpPath, outcomePath, wireValue } from './wire-values.js';

const known: ReadonlySet<string> = new Set(patchPaths);

function operation(path: string, value: JsonValue): JsonObject {
  const pointer = `/${path.replaceAll('.', '/')}`;
  if (known.has(pointer)) return { op: 'replace', path: pointer, value: wireValue(path, value) };
  throw new ConnectorError(
    system,
    'rejected',
    'PATH_READ_ONLY',
    `Partner Center cannot change ${path} of an existing referral.`,
    {
      target: path,
      nextSteps: [`Change ${path} in Partner Center, or mark its field rule onCreateOnly in the mapping.`]
    }
  );
}

/**
 * The JSON Patch for the given values: `replace` on paths of the contract's closed list only. `outcome` becomes status
 * and substatus, which go together in one array; the kind of help is no patch but an invitation, a deal registration has
 * operations of its own, and both are left out.
 */
export function patchOf(values: PathValues): JsonObject[] {
  return Object.entries(values).flatMap(([path, value]) => {
    if (path === helpPath || isRegistrationPath(path)) return [];
    if (path !== outcomePath) return [operation(path, value)];
    const [status = '', substatus = ''] = String(value).split('/');
    return [operation('status', status), operation('substatus', substatus)];
  });
}
