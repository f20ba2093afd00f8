import type { IncomingMessage, ServerResponse } from 'node:http';

/** Ends a request with a status and Salesforce's error shape. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';

  public constructor(
    public readonly status: number,
    public readonly errorCode: string,
    message: string
  ) {
    super(message);
  }
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // SLDS components set style attributes and synthetic shadow adds style elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ');

export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cache-control', 'no-store');
}

/**
 * The page acts for demo users without a password, so only its own documents may ask: a foreign site's request, and a name that merely
 * resolves to this machine, are refused.
 */
export function refuseForeignRequests(request: IncomingMessage): void {
  const { host = '', origin } = request.headers;
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) {
    throw new Refusal(421, 'MISDIRECTED_REQUEST', 'The record page answers on the loopback address only.');
  }
  const site = request.headers['sec-fetch-site'] ?? 'none';
  const ownOrigin = origin === undefined || origin === `http://${host}`;
  // A link on another site may open the page (a navigation), but nothing else.
  const navigation = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if (!ownOrigin || (!['same-origin', 'none'].includes(String(site)) && !navigation)) {
    throw new Refusal(403, 'CROSS_ORIGIN_REQUEST', 'Only the record page itself may call this address.');
  }
}

export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error as { status?: unknown; errorCode?: unknown; message?: unknown };
  const status = typeof known.status === 'number' ? known.status : 502;
  const errorCode = typeof known.errorCode === 'string' ? known.errorCode : 'SERVER_UNAVAILABLE';
  const message =
    typeof known.errorCode === 'string' ? String(known.message) : 'The Salesforce stand-in cannot be reached.';
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify([{ errorCode, message }]));
}
