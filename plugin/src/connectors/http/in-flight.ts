import type { HttpClient, HttpRequest, HttpStream } from '../../ports/http.js';
import { openStream } from './streaming.js';

export interface CappedHttp extends HttpClient {
  stream(request: HttpRequest): Promise<HttpStream>;
  /** The most calls that were under way at the same time since this was last asked. */
  most(): number;
}

/**
 * At most `width` calls under way at the same time; the others wait in line, first come, first served. Shared by everything
 * in the process that talks to one system. A streamed answer counts until its body begins.
 */
export function withCap(http: HttpClient, width: number): CappedHttp {
  const line: (() => void)[] = [];
  let underWay = 0;
  let most = 0;
  const through = async <A>(send: () => Promise<A>): Promise<A> => {
    // Who leaves hands the place on without setting it free, so that nobody slips in between.
    if (underWay < width) underWay += 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    most = Math.max(most, underWay);
    try {
      return await send();
    } finally {
      const next = line.shift();
      if (next) next();
      else underWay -= 1;
    }
  };
  return {
    request: (request) => through(() => http.request(request)),
    stream: (request) => through(() => openStream(http, request)),
    most: () => {
      const seen = most;
      most = underWay;
      return seen;
    }
  };
}
