import type { HttpClient, HttpRequest, HttpStream } from '../../ports/http.js';
import { openStream } from './streaming.js';

export interface CountingHttp extends HttpClient {
  stream(request: HttpRequest): Promise<HttpStream>;
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
    stream: (request) => {
      count += 1;
      return openStream(http, request);
    },
    calls: () => count
  };
}
