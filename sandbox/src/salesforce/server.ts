import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlServer } from './control/control-server.js';
import type { Route } from './core/contract.js';
import { openOrg } from './core/open-org.js';
import type { OrgHandle, OrgOptions } from './core/org-handle.js';
import { toApiRequest, writeResponse } from './http-transport.js';
import { moduleRoutes } from './module-routes.js';
import { startPubSub, type PubSubOptions, type RunningPubSub } from './pubsub/pub-sub-server.js';

export interface SalesforceOptions extends Omit<OrgOptions, 'file' | 'routes'> {
  /** An org that is open already; it stays open when the server closes. Its routes were chosen when it was opened. */
  org?: OrgHandle;
  /** Database file for an org of the server's own. @default :memory: */
  file?: string;
  /** Routes asked before those of the stand-in. */
  routes?: readonly Route[];
  /** 0 takes a free port. */
  port: number;
  /** Test-only port for faults, clock and counters; absent: no such port. */
  controlPort?: number;
  /** Port of the Pub/Sub API (gRPC over TLS); absent: no such port. */
  pubSubPort?: number;
  /** Longest silence of the Pub/Sub API towards a waiting client. @default 270000 */
  pubSubKeepAliveMs?: number;
  /** @default 127.0.0.1 */
  host?: string;
  /** Added to every answer, as a network would. @default 0 */
  latencyMs?: number;
}

export interface RunningSalesforce {
  url: string;
  /** Empty without a control port. */
  controlUrl: string;
  /** Absent without a Pub/Sub port. Its certificate's authority is kept in `tls` beside the database file. */
  pubSub?: RunningPubSub;
  org: OrgHandle;
  /** Closes all connections, the ports, and the org when the server opened it. */
  close(): Promise<void>;
}

/** A port is taken: another process, often an earlier sandbox, listens there. */
export class PortInUseError extends Error {
  public override readonly name = 'PortInUseError';
  public readonly code = 'PORT_IN_USE';

  public constructor(
    public readonly host: string,
    public readonly port: number
  ) {
    super(`Port ${String(port)} on ${host} is in use. Stop the program that listens there or choose another port.`);
  }
}

/** Starts the Salesforce stand-in with all its modules on loopback. Throws `PortInUseError`. */
export async function startSalesforce(options: SalesforceOptions): Promise<RunningSalesforce> {
  const host = options.host ?? '127.0.0.1';
  const org =
    options.org ??
    openOrg({ ...options, file: options.file ?? ':memory:', routes: [...(options.routes ?? []), ...moduleRoutes] });
  const api = createServer((request, response) => {
    void serve(org, options.latencyMs ?? 0, request, response);
  });
  const servers = [api];
  let pubSub: RunningPubSub | undefined;
  const close = async (): Promise<void> => {
    pubSub?.close();
    await Promise.all(servers.map(stop));
    if (options.org === undefined) org.close();
  };
  try {
    const url = await listen(api, host, options.port);
    pubSub = await startEvents(options, org, host, url);
    let controlUrl = '';
    if (options.controlPort !== undefined) {
      const control = controlServer(org, pubSub);
      controlUrl = await listen(control, host, options.controlPort);
      servers.push(control);
    }
    return { url, controlUrl, ...(pubSub === undefined ? {} : { pubSub }), org, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startEvents(
  { pubSubPort: port, pubSubKeepAliveMs: keepAliveMs, file }: SalesforceOptions,
  org: OrgHandle,
  host: string,
  instanceUrl: string
): Promise<RunningPubSub | undefined> {
  if (port === undefined) return undefined;
  const pubSub: PubSubOptions = {
    org,
    host,
    port,
    instanceUrl,
    ...(file === undefined || file === ':memory:' ? {} : { certificateFolder: join(dirname(file), 'tls') }),
    ...(keepAliveMs === undefined ? {} : { keepAliveMs })
  };
  return startPubSub(pubSub).catch((error: unknown) => {
    throw String(error).includes('EADDRINUSE') ? new PortInUseError(host, port) : error;
  });
}

async function serve(
  org: OrgHandle,
  latencyMs: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse
): Promise<void> {
  org.counters.began();
  try {
    const request = await toApiRequest(incoming);
    const fault = org.faults.meet(request.path);
    if (fault === 'dropBefore') {
      incoming.socket.destroy();
      return;
    }
    const delay = latencyMs + org.faults.delayOf(request.method, request.path);
    if (delay > 0) await sleep(delay);
    // The dispatcher takes it before it gives way to another request.
    if (fault === 'unavailable') org.faults.unavailable += 1;
    const response = await org.dispatch(request);
    // As records are stamped: a client that compares the two must see one clock, also after it was moved.
    outgoing.setHeader('date', org.clock.now().toUTCString());
    if (fault === 'dropAfter') incoming.socket.destroy();
    else writeResponse(outgoing, response, incoming.method === 'HEAD');
  } catch {
    // The caller went away while sending, or sent a path that cannot be decoded.
    if (outgoing.headersSent) incoming.socket.destroy();
    else writeResponse(outgoing, { status: 400, body: [{ errorCode: 'BAD_REQUEST', message: 'Bad request' }] }, false);
  } finally {
    org.counters.ended();
  }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(host, port) : error);
    });
    server.listen(port, host, () => {
      resolve(`http://${host}:${String((server.address() as AddressInfo).port)}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
