import type { ErrorObject } from 'ajv';
import { CosellError } from '../ports/errors.js';

/** A fault of a mapping file: where it is, and one sentence. */
export interface MappingProblem {
  path: string;
  message: string;
}

/** A mapping file that cannot be used. `problems` holds one sentence for each fault. */
export class MappingError extends CosellError {
  public override readonly name = 'MappingError';

  public constructor(
    public readonly file: string,
    public readonly problems: readonly MappingProblem[]
  ) {
    const lines = problems.map(({ path, message }) => `${path}: ${message}`);
    super('MAPPING_INVALID', `The mapping ${file} cannot be used. ${lines.join(' ')}`, [
      'Correct the places named in the file and run the command again.'
    ]);
  }
}

/** What a JSON Schema has to say, as place and sentence. */
export function problemOf({ params, instancePath, message }: ErrorObject): MappingProblem {
  const detail = (params as { additionalProperty?: string; allowedValues?: unknown[] }) ?? {};
  const extra =
    detail.additionalProperty !== undefined
      ? ` ("${detail.additionalProperty}")`
      : detail.allowedValues !== undefined
        ? ` (${detail.allowedValues.join(', ')})`
        : '';
  return { path: instancePath === '' ? '/' : instancePath, message: `it ${message ?? 'is wrong'}${extra}.` };
}
