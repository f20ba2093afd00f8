import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import { ConnectionCut } from '../core/transport.js';

/** Bigger than any referral with 50 solutions and 50 people; the real limit is not published. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];

export interface Listening {
  /** `http://127.0.0.1:7420` */
  url: string;
  close(): Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
  /** Whose stand-in it is, for messages. @default Partner Center */
  name?: string;
  dispatch: (request: ApiRequest) => Promise<ServiceResponse>;
  /** Takes over a request that is answered as a stream; true when it did. */
  stream?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Serves a dispatch function over HTTP/1.1. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    if (options.stream?.(incoming, outgoing)) return;
    void serve(options, incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${options.host}:${port}`, close: () => closeServer(server) };
}

async function serve(options: ListenOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    if (!METHODS.includes(incoming.method ?? '')) return void outgoing.writeHead(405).end();
    const body = await readBody(incoming);
    if (!body) return void outgoing.writeHead(413, { connection: 'close' }).end();
    send(outgoing, await options.dispatch(toRequest(incoming, body)), incoming.method === 'HEAD');
  } catch (error) {
    if (!(error instanceof ConnectionCut) && !incoming.destroyed) {
      console.error(`${options.name ?? 'Partner Center'} stand-in:`, error);
      if (!outgoing.headersSent) return void outgoing.writeHead(500).end();
    }
    incoming.socket.destroy();
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function toRequest(incoming: IncomingMessage, body: Buffer): ApiRequest {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).replace(/^\/+/, '/');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return {
    method: incoming.method as ApiRequest['method'],
    path: decodePath(path),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function send(outgoing: ServerResponse, answer: ServiceResponse, head: boolean): void {
  const { body } = answer;
  const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = body === undefined ? undefined : Buffer.from(isJson ? JSON.stringify(body) : body);
  if (answer.reason !== undefined) outgoing.statusMessage = answer.reason;
  outgoing.statusCode = answer.status;
  if (isJson) outgoing.setHeader('content-type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(answer.headers ?? {})) outgoing.setHeader(name, value);
  if (answer.status !== 204) outgoing.setHeader('content-length', bytes?.length ?? 0);
  outgoing.end(head ? undefined : bytes);
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
