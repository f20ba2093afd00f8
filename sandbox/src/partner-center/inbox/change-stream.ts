import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReferralStore } from '../store/referral-store.js';

/** Proxies and browsers drop a silent stream after a while. */
const HEARTBEAT_MS = 15_000;

/**
 * `GET /inbox/api/changes`: server-sent events, one message per commit, so that an open page follows within a moment.
 * Answers true when the request was one for the stream.
 */
export function changeStream(store: ReferralStore): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== '/inbox/api/changes') return false;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 1000\ndata: ${store.version()}\n\n`);
    const stop = store.onChange(() => void response.write(`data: ${store.version()}\n\n`));
    const heartbeat = setInterval(() => void response.write(': still here\n\n'), HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(heartbeat);
      stop();
    });
    return true;
  };
}
