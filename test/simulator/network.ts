import { HttpTransportError } from '../../plugin/src/ports/http.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../plugin/src/ports/http.js';
import { Dice } from './dice.js';
import type { SimProcess } from './process.js';
import type { Rates } from './profile.js';
import { RATE_NAMES } from './profile.js';
import type { CallInfo, SimServer } from './server.js';
import type { SimTime } from './sim-time.js';

/** Longest time after a client gave up until its request takes effect; a service that is slower than that is down. */
const LATE_MS = 3_000;
const CLIENT_TIMEOUT_MS = 30_000;

/** A request that is under way. */
export interface Flight {
  process: SimProcess;
  info: CallInfo;
}

/** What goes wrong between a process and a server, call by call. */
export class Network {
  /** Chances now; set to nothing when the disturbance ends. */
  public rates: Rates;
  /** Writes that were sent and whose answer has not come. */
  public readonly inFlight = new Set<Flight>();
  /** Somebody edits while a call is under way. */
  public disturb: (info: CallInfo) => void = () => undefined;
  /** Called when a write is sent. */
  public onWrite: (flight: Flight) => void = () => undefined;
  /** Whether the process that sends a write ends with it. */
  public kills: (flight: Flight) => boolean = () => false;
  private readonly dice: Readonly<Record<keyof Rates | 'latency' | 'half' | 'pause', Dice>>;

  public constructor(
    private readonly time: SimTime,
    seed: number,
    rates: Rates,
    private readonly trace: (line: () => string) => void
  ) {
    this.rates = rates;
    this.dice = Object.fromEntries(
      [...RATE_NAMES, 'latency', 'half', 'pause'].map((name) => [name, new Dice(seed, name)])
    ) as Network['dice'];
  }

  public throws(fault: keyof Rates): boolean {
    return this.dice[fault].chance(this.rates[fault]);
  }

  /** The HTTP client of one process. */
  public client(process: SimProcess, servers: { left: SimServer; right: SimServer }): HttpClient {
    return {
      request: (request) =>
        this.send(process, request.url.includes('/services/') ? servers.left : servers.right, request)
    };
  }

  private send(process: SimProcess, server: SimServer, request: HttpRequest): Promise<HttpResponse> {
    const info = server.info(request);
    const { latency } = this.dice;
    const start = this.time.now();
    const left = (request.notAfter ?? Infinity) - process.now();
    const timeout = Math.min(request.timeoutMs ?? CLIENT_TIMEOUT_MS, left);
    // As the real client does: what comes too late is never sent, also after a process stood still.
    if (left < 0) return Promise.reject(new HttpTransportError('timeout', 'Too late to be sent.'));
    const slow = this.throws('slow');
    const there = slow ? Math.max(1, timeout - 5_000) + latency.between(0, 5_000 + LATE_MS) : latency.between(1, 60);
    const arrival = start + there;
    const back = arrival + (slow ? LATE_MS : latency.between(1, 60));
    const flight: Flight = { process, info };
    if (info.writes !== undefined) {
      this.onWrite(flight);
      this.inFlight.add(flight);
    }
    const dies = this.throws('crash') ? (this.dice.half.chance(0.5) ? 'before' : 'after') : undefined;
    const crash = this.kills(flight) ? 'before' : dies;
    const freeze = this.throws('freeze');
    this.trace(() => `${process.name} > ${info.side} ${info.what}`);
    return new Promise((resolve, reject) => {
      if (crash === 'before') {
        process.kill(`${info.what}, not sent`);
        this.inFlight.delete(flight);
        return;
      }
      if (freeze) process.freeze(this.dice.pause.between(1_000, 90_000));
      let answer: HttpResponse | undefined;
      this.time.at(arrival, () => {
        answer = this.arrive(server, request, info);
        if (crash === 'after') process.kill(`${info.what}, sent`);
      });
      const lost = this.throws('lost');
      const end = lost ? Math.min(back, start + timeout) : Math.min(back, start + timeout);
      this.time.at(end, () => this.inFlight.delete(flight));
      process.at(end, () => {
        if (answer !== undefined && !lost && back <= start + timeout) resolve(answer);
        else reject(new HttpTransportError(lost ? 'cut' : 'timeout', 'No answer.'));
      });
    });
  }

  /** At the server. The answer says what the client hears if it hears anything. */
  private arrive(server: SimServer, request: HttpRequest, info: CallInfo): HttpResponse {
    const refusal = this.throws('throttled')
      ? 429
      : this.throws('expired')
        ? 401
        : this.throws('busy')
          ? 503
          : undefined;
    if (refusal !== undefined) {
      server.requests += 1;
      this.trace(() => `  ${info.side} ${info.what}: ${refusal}, not carried out`);
      return server.refusal(refusal);
    }
    const half = this.dice.half.chance(0.5);
    const edited = this.throws('editInside');
    if (edited && half) this.disturb(info);
    const answer = server.handle(request);
    this.trace(() => `  ${info.side} ${info.what}: ${answer.status}`);
    if (edited && !half) this.disturb(info);
    if (!this.throws('busyAfter')) return answer;
    this.trace(() => `  ${info.side} ${info.what}: carried out, and answered with 503`);
    return server.refusal(503);
  }
}
