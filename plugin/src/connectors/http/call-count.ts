import type { HttpClient } from '../../ports/http.js';

export interface CountingHttp extends HttpClient {
  /** Requests sent so far, answered or not. */
  calls(): number;
}

/** Counts what really goes out; wrap it inside `withRetry` so that repeats count too. */
export function withCallCount(http: HttpClient): CountingHttp {
  let count = 0;
  return {
    request: (request) => {
      count += 1;
      return http.request(request);
    },
    calls: () => count
  };
}
