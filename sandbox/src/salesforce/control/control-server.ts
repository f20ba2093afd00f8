import { createServer, type Server } from 'node:http';
import type { OrgHandle } from '../core/org-handle.js';
import { addedLanguages, setLanguages } from '../core/translation-workbench.js';
import type { ApiResponse } from '../core/transport.js';
import { toApiRequest, writeResponse } from '../http-transport.js';
import type { RunningPubSub } from '../pubsub/pub-sub-server.js';
import { interruptEvents } from './events-command.js';
import { applyFault } from './faults-command.js';

/**
 * Test-only server beside the API: GET and POST /faults, GET and POST /clock, GET and DELETE /counters, POST /events,
 * POST /translation-languages. JSON both ways; an unknown member is answered with 400, so that a mistyped fault does not
 * pass for a healthy org.
 */
export function controlServer(org: OrgHandle, pubSub?: RunningPubSub): Server {
  return createServer((incoming, outgoing) => {
    void toApiRequest(incoming).then(
      ({ method, path, body }) => {
        writeResponse(outgoing, answer(org, pubSub, method, path, body), false);
      },
      () => incoming.socket.destroy()
    );
  });
}

function answer(
  org: OrgHandle,
  pubSub: RunningPubSub | undefined,
  method: string,
  path: string,
  body: Buffer
): ApiResponse {
  try {
    switch (`${method} ${path}`) {
      case 'GET /faults':
        return { status: 200, body: faultState(org) };
      case 'POST /faults':
        applyFault(org, JSON.parse(body.toString('utf8')));
        return { status: 200, body: faultState(org) };
      case 'DELETE /faults':
        org.faults.clear();
        org.access.invalidate();
        return { status: 200, body: faultState(org) };
      case 'GET /clock':
        return { status: 200, body: { now: org.now().toISOString() } };
      case 'POST /clock':
        moveClock(org, JSON.parse(body.toString('utf8')) as { moveMs?: unknown; now?: unknown });
        return { status: 200, body: { now: org.now().toISOString() } };
      case 'GET /counters':
        return { status: 200, body: org.counters.snapshot() };
      case 'POST /events':
        interruptEvents(org, pubSub, JSON.parse(body.toString('utf8')));
        return { status: 200, body: { last: org.changes.last() } };
      case 'POST /translation-languages':
        setLanguages(org, (JSON.parse(body.toString('utf8')) as { languages: string[] }).languages);
        return { status: 200, body: { languages: addedLanguages(org) } };
      case 'DELETE /counters':
        org.counters.reset();
        return { status: 200, body: org.counters.snapshot() };
      default:
        return { status: 404, body: { error: `No control at ${method} ${path}.` } };
    }
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

function faultState({ faults }: OrgHandle): object {
  return {
    unavailable: faults.unavailable,
    slowMs: faults.slowMs,
    slowCalls: faults.slowCalls,
    denyPermissions: [...faults.denied],
    limitExhausted: faults.limitExhausted,
    lockedRows: [...faults.lockedRows],
    faultRates: faults.chance.snapshot()
  };
}

/** `{"moveMs": 60000}` or `{"now": "2026-01-01T00:00:00Z"}`. */
function moveClock(org: OrgHandle, { moveMs, now }: { moveMs?: unknown; now?: unknown }): void {
  if (typeof moveMs === 'number') org.clock.move(moveMs);
  else if (typeof now === 'string' && !Number.isNaN(Date.parse(now))) org.clock.set(new Date(now));
  else throw new Error('Give moveMs (number of milliseconds) or now (ISO 8601 instant).');
}
