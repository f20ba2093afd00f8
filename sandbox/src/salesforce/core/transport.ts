/** One API call, free of sockets, so that composite sub-requests and unit tests use the same road as HTTP. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Decoded path without query; leading slashes collapsed to one. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface ApiResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  body?: Buffer | string | object;
}

/** Salesforce's error array: `[{ errorCode, message, fields? }]`. */
export class ApiError extends Error {
  public override readonly name = 'ApiError';

  public constructor(
    public readonly status: number,
    public readonly errorCode: string,
    message: string,
    public readonly fields: readonly string[] = []
  ) {
    super(message);
  }
}
