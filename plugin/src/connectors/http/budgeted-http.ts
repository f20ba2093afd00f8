import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from '../../ports/http.js';
import { openStream } from './streaming.js';

/** What decides whether a call may go out. */
export interface Admission {
  /**
   * To be called for every attempt, repeats included; counts it.
   * @throws ConnectorError `API_BUDGET_EXHAUSTED` instead of letting a call out beyond the mark
   */
  enter(): Promise<void>;
  /** With the headers of the answer; undefined when none came. */
  ended(headers?: HttpResponse['headers']): void;
}

/** Lets a call out only while the budget has room. Belongs inside `withRetry`: repeats cost calls too. */
export function withBudget(http: HttpClient, budget: Admission): Required<HttpClient> {
  const through = async <A extends { headers: HttpResponse['headers'] }>(send: () => Promise<A>): Promise<A> => {
    await budget.enter();
    let headers: HttpResponse['headers'] | undefined;
    try {
      const answer = await send();
      headers = answer.headers;
      return answer;
    } finally {
      budget.ended(headers);
    }
  };
  return {
    request: (request: HttpRequest) => through(() => http.request(request)),
    stream: (request: HttpRequest): Promise<HttpStream> => through(() => openStream(http, request))
  };
}
