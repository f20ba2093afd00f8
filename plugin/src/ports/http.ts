/** HTTP as a dependency. Implementations never throw for a status; they throw `HttpTransportError` when no answer came. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL. */
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as is; the caller sets `content-type`. */
  body?: string;
  /** Whole-request time-out. @default 30000 */
  timeoutMs?: number;
  /**
   * Milliseconds since the epoch, by the clock of this machine, after which it must not be under way any more. Looked at in the
   * moment of sending, too: a process that stood still does not send what was due before. Fails with `timeout`.
   */
  notAfter?: number;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated headers joined with ", ". */
  headers: Readonly<Record<string, string>>;
  /** UTF-8 text, empty when there was no body. */
  body: string;
}

/** An answer whose body is read piece by piece; reading it may throw `HttpTransportError`. */
export interface HttpStream {
  status: number;
  /** Names in lower case; repeated headers joined with ", ". */
  headers: Readonly<Record<string, string>>;
  /** UTF-8 text in pieces of any size. Read it to its end or leave the loop, or the connection stays taken. */
  body: AsyncIterable<string>;
}

export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** As `request`, for answers too large to hold; clients without it are asked with `request`. */
  stream?(request: HttpRequest): Promise<HttpStream>;
}

/** No complete answer arrived: refused, cut or timed out. The request may or may not have been carried out. */
export class HttpTransportError extends Error {
  public override readonly name = 'HttpTransportError';

  public constructor(
    public readonly kind: 'refused' | 'cut' | 'timeout' | 'aborted',
    message: string,
    options?: ErrorOptions
  ) {
    super(message, options);
  }
}
