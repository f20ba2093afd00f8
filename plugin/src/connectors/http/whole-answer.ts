import type { Dispatcher } from 'undici';

type Headers = Record<string, string | string[] | undefined>;

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

const BYTE_ORDER_MARK = '\uFEFF';

function textOf(chunks: readonly Buffer[]): string {
  const text = chunks.length === 1 ? (chunks[0] as Buffer).toString('utf8') : Buffer.concat(chunks).toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/**
 * Takes an answer as undici reads it from the socket, without a stream and an abort signal per call, which cost as much as the rest
 * of the call.
 *
 * Looks at the clock when a connection is there, in the same turn of the event loop in which undici writes to it. Time-outs do
 * not do: a process that stood still learns what its sockets have before it learns what its timers have.
 */
export class WholeAnswer implements Dispatcher.DispatchHandler {
  public readonly answer: Promise<Answer>;
  private readonly chunks: Buffer[] = [];
  private status = 0;
  private headers: Headers = {};
  private controller: Dispatcher.DispatchController | undefined;
  private given: Error | undefined;
  private resolve: (answer: Answer) => void = () => undefined;
  private reject: (reason: Error) => void = () => undefined;

  public constructor(private readonly isLate: () => boolean) {
    this.answer = new Promise<Answer>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Waits no longer; a request that has no connection yet is never sent. */
  public giveUp(reason: Error): void {
    this.given = reason;
    this.controller?.abort(reason);
    this.reject(reason);
  }

  public onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.given) controller.abort(this.given);
    else if (this.isLate()) controller.abort(new Error('The time for this request was over before it was sent.'));
  }

  public onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.status = status;
    this.headers = headers;
  }

  public onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  public onResponseEnd(): void {
    this.resolve({ status: this.status, headers: this.headers, body: textOf(this.chunks) });
  }

  public onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.reject(error);
  }
}
