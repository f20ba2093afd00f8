import type { ApiRequest, ApiResponse } from '../../salesforce/core/transport.js';

export type { ApiRequest, ApiResponse };

/**
 * The answer never reaches the client. `committed` tells whether the request was carried out first, which the
 * client cannot know: it has to look before it repeats a create.
 */
export class ConnectionCut extends Error {
  public override readonly name = 'ConnectionCut';

  public constructor(public readonly committed: boolean) {
    super(committed ? 'The connection was cut after the change was stored.' : 'The connection was cut.');
  }
}

/** An answer with its own reason phrase, where the service gives one. */
export interface ServiceResponse extends ApiResponse {
  reason?: string;
}
