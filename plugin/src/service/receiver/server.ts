import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { EventLog } from '../log.js';
import type { ReceiveParts, Reception } from './receive.js';
import { receive } from './receive.js';

/** An event is some 300 bytes. */
const MAX_BODY = 65_536;
/** Time for a whole request, and requests at the same time: senders that dawdle must not hold the others up. */
const REQUEST_MS = 5_000;
const MAX_CONNECTIONS = 200;

export interface ReceiverOptions extends ReceiveParts {
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** For example `/webhooks/partner-center`. */
  path: string;
  clock: Clock;
  log: EventLog;
  /** Called when there is something to look at. */
  wake: () => void;
}

/** Shown by the health endpoint. */
export interface ReceiverState {
  url: string;
  accepted: number;
  repeated: number;
  refused: number;
  lastEventAt: string | null;
  /** Code of the last refusal. */
  lastRefusal: string | null;
}

export interface WebhookReceiver {
  state(): ReceiverState;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += (piece as Buffer).length;
    if (size > MAX_BODY) return undefined;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])
  );
}

async function answer(options: ReceiverOptions, request: IncomingMessage): Promise<Reception> {
  const { pathname } = new URL(request.url ?? '/', 'http://receiver');
  if (pathname !== options.path) return { status: 404, code: 'NOT_FOUND' };
  if (request.method !== 'POST') return { status: 405, code: 'METHOD_NOT_ALLOWED' };
  const bytes = await bodyOf(request);
  return bytes === undefined ? { status: 413, code: 'TOO_LARGE' } : receive(options, headersOf(request), bytes);
}

function listen(server: Server, { host, port }: ReceiverOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const step = `Stop what uses port ${port}, or choose another one under "webhook.port" in the settings.`;
      reject(
        new CosellError('RECEIVER_PORT_IN_USE', `The webhook receiver cannot listen on ${host}:${port}.`, [step], {
          cause
        })
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function count(state: ReceiverState, { code, status }: Reception, now: number): void {
  if (status === 200) {
    state.lastEventAt = new Date(now).toISOString();
    if (code === 'REPEATED') state.repeated += 1;
    else state.accepted += 1;
  } else {
    state.refused += 1;
    state.lastRefusal = code;
  }
}

/** Receives webhook events of Partner Center. Events only make the service look; what is true, the look reads. */
export async function startReceiver(options: ReceiverOptions): Promise<WebhookReceiver> {
  const { clock, log, wake } = options;
  const state: ReceiverState = {
    url: '',
    accepted: 0,
    repeated: 0,
    refused: 0,
    lastEventAt: null,
    lastRefusal: null
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reception = await answer(options, request);
    count(state, reception, clock.now());
    // Nothing of the reason is told to a stranger.
    response.writeHead(reception.status, {
      'content-length': 0,
      ...(reception.status === 413 ? { connection: 'close' } : {})
    });
    response.end();
    if (reception.code === 'ACCEPTED') wake();
    else if (reception.status !== 200)
      log.write('warn', 'webhook refused', { code: reception.code, status: String(reception.status) });
  };
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, options);
  state.url = `http://${options.host}:${port}${options.path}`;
  return {
    state: () => ({ ...state }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
