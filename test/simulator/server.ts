import type { HttpRequest, HttpResponse } from '../../plugin/src/ports/http.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import type { SimTime } from './sim-time.js';

export type Side = 'left' | 'right';

/** What a request is about, for the trace and the witnesses. */
export interface CallInfo {
  side: Side;
  what: string;
  /** The left key of the record that is written under a condition or created; absent for anything else. */
  writes?: string;
}

/** A server whose clock is its own, and that can be set while it runs. */
export abstract class SimServer {
  /** How far its clock is ahead of the true time, milliseconds. */
  public skew = 0;
  public requests = 0;
  /** Requests that changed something. */
  public writes = 0;

  public constructor(
    public readonly side: Side,
    protected readonly time: SimTime
  ) {}

  public now(): number {
    return this.time.now() + this.skew;
  }

  public abstract info(request: HttpRequest): CallInfo;

  /** Carries a request out, at this instant. */
  public handle(request: HttpRequest): HttpResponse {
    this.requests += 1;
    const { status, json, headers } = this.answer(request);
    return {
      status,
      headers: { ...headers, date: new Date(this.now()).toUTCString() },
      body: json === undefined ? '' : JSON.stringify(json)
    };
  }

  protected abstract answer(request: HttpRequest): {
    status: number;
    json?: JsonValue;
    headers?: Record<string, string>;
  };

  /** The answer to a call that the server does not carry out. */
  public abstract refusal(status: number): HttpResponse;
}
