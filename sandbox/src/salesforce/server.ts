import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlServer } from './control/control-server.js';
import type { Route } from './core/contract.js';
import { openOrg } from './core/open-org.js';
import type { OrgHandle, OrgOptions } from './core/org-handle.js';
import { toApiRequest, writeResponse } from './http-transport.js';
import { moduleRoutes } from './module-routes.js';

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
  /** @default 127.0.0.1 */
  host?: string;
  /** Added to every answer, as a network would. @default 0 */
  latencyMs?: number;
}

export interface RunningSalesforce {
  url: string;
  /** Empty without a control port. */
  controlUrl: string;
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
  try {
    const url = await listen(api, host, options.port);
    let controlUrl = '';
    if (options.controlPort !== undefined) {
      const control = controlServer(org);
      controlUrl = await listen(control, host, options.controlPort);
      servers.push(control);
    }
    const close = async (): Promise<void> => {
      await Promise.all(servers.map(stop));
      if (options.org === undefined) org.close();
    };
    return { url, controlUrl, org, close };
  } catch (error) {
    await Promise.all(servers.map(stop));
    if (options.org === undefined) org.close();
    throw error;
  }
}

async function serve(
  org: OrgHandle,
  latencyMs: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse
): Promise<void> {
  try {
    const request = await toApiRequest(incoming);
    const drop = org.faults.takeDrop();
    if (drop === 'before') {
      incoming.socket.destroy();
      return;
    }
    const delay = latencyMs + org.faults.slowMs;
    if (delay > 0) await sleep(delay);
    const response = await org.dispatch(request);
    if (drop === 'after') incoming.socket.destroy();
    else writeResponse(outgoing, response, incoming.method === 'HEAD');
  } catch {
    // The caller went away while sending, or sent a path that cannot be decoded.
    if (outgoing.headersSent) incoming.socket.destroy();
    else writeResponse(outgoing, { status: 400, body: [{ errorCode: 'BAD_REQUEST', message: 'Bad request' }] }, false);
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
