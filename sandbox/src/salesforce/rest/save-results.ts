import type { ApiError } from '../core/transport.js';

/** One entry of a collections answer. */
export interface SaveResult {
  id?: string;
  success: boolean;
  errors: readonly { statusCode: string; message: string; fields: readonly string[] }[];
  created?: boolean;
}

export function failed(error: ApiError, id?: string): SaveResult {
  return {
    ...(id === undefined ? {} : { id }),
    success: false,
    errors: [{ statusCode: rowCode(error), message: error.message, fields: error.fields }]
  };
}

/** A missing record is 404 NOT_FOUND as a resource and INVALID_CROSS_REFERENCE_KEY as a row of a call. */
function rowCode(error: ApiError): string {
  return error.errorCode === 'NOT_FOUND' ? 'INVALID_CROSS_REFERENCE_KEY' : error.errorCode;
}

const rolledBack: SaveResult = {
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: []
    }
  ]
};

/** With allOrNone, the records that were good are told that they were rolled back. */
export function asRolledBack(results: readonly SaveResult[]): SaveResult[] {
  return results.map((result) => (result.success ? rolledBack : result));
}

/** Thrown inside a transaction to undo it; carries what the caller answers. */
export class RollBack<T> extends Error {
  public constructor(public readonly answer: T) {
    super('rolled back');
  }
}
