import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from '../../../ports/http.js';
import { openStream } from '../../http/streaming.js';
import type { ApiUsage } from '../session.js';
import type { ApiBudget } from './api-budget.js';

/** REST API guide, "Limit Info Header": `api-usage=18/5000`; a per-app part may follow. */
function usageOf(headers: HttpResponse['headers']): ApiUsage | undefined {
  const match = /\bapi-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '');
  return match ? { used: Number(match[1]), allowed: Number(match[2]) } : undefined;
}

/**
 * Lets a call out only while the budget has room, and reads the allowance off every answer. Belongs inside `withRetry`:
 * repeats cost calls too.
 */
export function withBudget(http: HttpClient, budget: ApiBudget): Required<HttpClient> {
  const through = async <A extends { headers: HttpResponse['headers'] }>(send: () => Promise<A>): Promise<A> => {
    budget.admit('work');
    budget.sent();
    let usage: ApiUsage | undefined;
    try {
      const answer = await send();
      usage = usageOf(answer.headers);
      return answer;
    } finally {
      budget.ended(usage);
    }
  };
  return {
    request: (request: HttpRequest) => through(() => http.request(request)),
    stream: (request: HttpRequest): Promise<HttpStream> => through(() => openStream(http, request))
  };
}
