import type { JsonValue } from '../../ports/json.js';
import type { Shared } from '../http/together.js';
import { together } from '../http/together.js';
import type { Api, ApiAnswer, ApiRequest } from './api.js';
import { belowApi, runBatch } from './batch.js';
import type { PartResult } from './batch.js';
import { limits } from './system.js';

function sharedAnswer(result: PartResult): Shared<JsonValue> {
  if (result.outcome === 'done') return { result: result.json };
  return { error: result.outcome === 'failed' ? result.error : new RangeError('A read has no version.') };
}

const isShareable = ({ method, path, headers }: ApiRequest): boolean =>
  method === 'GET' && path.startsWith('v2.0/') && Object.keys(headers ?? {}).length === 0;

/**
 * The same API with reads that share calls, a hundred to a `$batch`: for small look-ups of many records. Answers carry no time of
 * the server, so no cursor may come of them.
 */
export function batchedReads(api: Api): Api {
  const read = together<string, JsonValue>(limits.batchParts, async (paths) =>
    (
      await runBatch(
        api,
        paths.map((path) => belowApi({ method: 'GET', path }))
      )
    ).map(sharedAnswer)
  );
  return {
    calls: () => api.calls(),
    call: async (request): Promise<ApiAnswer> => {
      if (!isShareable(request)) return api.call(request);
      try {
        return { status: 200, json: await read(request.path), serverTime: 0 };
      } catch (error) {
        const status = (error as { details?: { status?: number } }).details?.status;
        if (status === undefined || request.accept?.includes(status) !== true) throw error;
        return { status, json: null, serverTime: 0 };
      }
    }
  };
}
