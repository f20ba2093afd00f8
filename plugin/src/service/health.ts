import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallBudgetState } from '../connectors/http/index.js';
import type { BudgetState } from '../connectors/salesforce/index.js';
import type { LedgerStatus } from '../ledger/index.js';
import type { Clock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { QueueDepth } from '../queue/index.js';
import type { MappingState } from './coupling/turns.js';
import type { ServiceState } from './loop.js';
import type { ReceiverState } from './receiver/server.js';
import type { ChangeEventsState } from './watch-changes.js';

export interface HealthOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  state: ServiceState;
  clock: Clock;
  intervalMs: number;
  ledgerStatus: () => Promise<LedgerStatus>;
  /** What waits and what is in hand, over all processes. */
  queue: () => Promise<QueueDepth & { kind: string }>;
  /** Worker loops of this process. */
  workers: number;
  /** Absent when change events are switched off. */
  changeEvents?: () => ChangeEventsState;
  /** Absent when no webhook events are received. */
  receiver?: () => ReceiverState;
  /** Undefined before the org said anything. */
  budget?: () => BudgetState | undefined;
  /** Undefined without a budget of calls to Partner Center. */
  partnerBudget?: () => CallBudgetState | undefined;
  /** System → until when it wants no calls of this process, ISO 8601 UTC. */
  pauses?: () => Record<string, string>;
  /** Mappings to Business Central that this process keeps in step. */
  couplings?: () => readonly MappingState[];
}

export interface HealthServer {
  /** For example `http://127.0.0.1:7430`. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Missed cycles after which the service no longer counts as ready; at least half a minute, as one slow run is no outage. */
const MISSED_CYCLES = 4;
const LEAST_PATIENCE_MS = 30_000;

function readiness({ state, clock, intervalMs }: HealthOptions): { ready: boolean; reason?: string } {
  if (state.stopping) return { ready: false, reason: 'STOPPING' };
  if (state.failures > 0) return { ready: false, reason: state.lastError?.code ?? 'FAILED' };
  if (state.lastGoodAt === undefined) return { ready: false, reason: 'STARTING' };
  const late = clock.now() - state.lastGoodAt > Math.max(intervalMs * MISSED_CYCLES, LEAST_PATIENCE_MS);
  return late ? { ready: false, reason: 'LATE' } : { ready: true };
}

async function statusBody(options: HealthOptions): Promise<object> {
  const { state } = options;
  const { runId, startedAt, durationMs, outcome, counts, calls } = state.lastRun ?? {};
  const { lastRun: _stored, ...ledger } = await options.ledgerStatus();
  return {
    ...readiness(options),
    startedAt: state.startedAt,
    cycles: state.cycles,
    failures: state.failures,
    lastError: state.lastError?.code ?? null,
    lastRun: state.lastRun ? { runId, startedAt, durationMs, outcome, counts, calls } : null,
    changeEvents: options.changeEvents?.() ?? null,
    receiver: options.receiver?.() ?? null,
    budget: options.budget?.() ?? null,
    partnerBudget: options.partnerBudget?.() ?? null,
    pausedUntil: options.pauses?.() ?? {},
    mappings: options.couplings?.() ?? [],
    workers: options.workers,
    queue: await options.queue(),
    ledger
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function answer(options: HealthOptions, method: string, path: string, response: ServerResponse): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') send(response, 405, { error: 'METHOD_NOT_ALLOWED' });
  else if (path === '/healthz') send(response, 200, { status: 'ok' });
  else if (path === '/readyz') {
    const state = readiness(options);
    send(response, state.ready ? 200 : 503, state);
  } else if (path === '/status') send(response, 200, await statusBody(options));
  else send(response, 404, { error: 'NOT_FOUND' });
}

async function listen(server: Server, { host, port }: HealthOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const step = `Stop what uses port ${port}, or choose another one with --health-port.`;
      reject(
        new CosellError('HEALTH_PORT_IN_USE', `The health endpoint cannot listen on ${host}:${port}.`, [step], {
          cause
        })
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Health, readiness and status over HTTP, for probes and operators; keys, codes and counts only. */
export async function startHealth(options: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://health').pathname;
    answer(options, request.method ?? 'GET', path, response).catch(() =>
      send(response, 500, { error: 'STATUS_UNAVAILABLE' })
    );
  });
  const port = await listen(server, options);
  return {
    port,
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
