import { MfaRequired, PartnerApiError, ReferralApiError, TokenError } from './errors.js';
import type { Host } from './routes.js';
import type { ServiceResponse } from './transport.js';

/** Numbers that every error body repeats for the support desk. */
export interface Diagnostics {
  requestId: string;
  correlationId: string;
  /** ISO 8601 UTC. */
  at: string;
}

/** The body a host gives to an error: three shapes for three layers, and Entra ID's own. */
export function errorAnswer(error: unknown, host: Host, diagnostics: Diagnostics): ServiceResponse {
  if (error instanceof MfaRequired) {
    return {
      status: 401,
      reason: 'Unauthorized - MFA required',
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' }
    };
  }
  if (error instanceof TokenError) return tokenError(error, diagnostics);
  if (error instanceof ReferralApiError) {
    return host === 'webhooks'
      ? partnerError(error.status, error.status, error.message, error.headers)
      : referralError(error, diagnostics);
  }
  if (error instanceof PartnerApiError) return partnerError(error.status, error.code, error.message, error.headers);
  throw error;
}

function referralError(error: ReferralApiError, diagnostics: Diagnostics): ServiceResponse {
  return {
    status: error.status,
    headers: error.headers,
    body: {
      error: {
        code: error.code,
        message: error.message.slice(0, 1024),
        target: error.target,
        innerError: { 'request-id': diagnostics.requestId, date: diagnostics.at }
      }
    }
  };
}

function partnerError(
  status: number,
  code: number,
  description: string,
  headers: Readonly<Record<string, string>>
): ServiceResponse {
  return { status, headers, body: { code, description, data: [], source: 'PartnerFD' } };
}

function tokenError(error: TokenError, diagnostics: Diagnostics): ServiceResponse {
  const trace = `Trace ID: ${diagnostics.requestId} Correlation ID: ${diagnostics.correlationId}`;
  const timestamp = `${diagnostics.at.slice(0, 19).replace('T', ' ')}Z`;
  return {
    status: error.status,
    headers: { 'cache-control': 'no-store' },
    body: {
      error: error.error,
      error_description: `AADSTS${error.number}: ${error.message} ${trace} Timestamp: ${timestamp}`,
      error_codes: [error.number],
      timestamp,
      trace_id: diagnostics.requestId,
      correlation_id: diagnostics.correlationId
    }
  };
}

/** The gateway's refusal of too many calls. */
export function throttled(seconds: number): ServiceResponse {
  return {
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` }
  };
}

/** Answers of a service in trouble. A gateway time-out does not speak JSON. */
export function troubled(
  status: 429 | 500 | 503 | 504,
  retryAfter: number | undefined,
  at: Diagnostics
): ServiceResponse {
  if (status === 429) return throttled(retryAfter ?? 10);
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (status === 504) {
    return {
      status,
      headers: { ...headers, 'content-type': 'text/html' },
      body: '<html><head><title>504 Gateway Time-out</title></head><body>504 Gateway Time-out</body></html>'
    };
  }
  const code = status === 503 ? 'serviceNotAvailable' : 'generalException';
  return referralError(
    new ReferralApiError(status, code, 'The service could not carry out the request.', null, headers),
    at
  );
}
