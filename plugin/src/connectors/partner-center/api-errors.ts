import { ConnectorError } from '../../ports/errors.js';
import type { FailureKind } from '../../ports/errors.js';
import type { HttpResponse, HttpTransportError } from '../../ports/http.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { TokenFlaw } from './token-claims.js';
import { signInAgainStep, system } from './tokens.js';

/** What a refusal says, whichever of the three body shapes it came in. */
export interface ApiFault {
  code: string;
  message: string;
  target?: string;
}

export interface FailedCall {
  /** Carrying it out twice equals once. */
  repeatable: boolean;
  /** It concerns one referral, so that a refusal is that record's problem and not the run's. */
  oneRecord: boolean;
  correlationId: string;
  flaw: TokenFlaw;
  retryAfterMs: number | undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Inner errors nest; the innermost code is the most exact one (Partner Center: REST error codes). */
function innermost(error: JsonObject): JsonObject {
  const inner = error['innerError'] ?? error['innererror'];
  return isObject(inner) && text(inner['code']) ? innermost(inner) : error;
}

/**
 * Reads `{error: {code, message, target, innerError}}` of the referrals host, `{code, description}` of the
 * partnercenter host and `{statusCode, message}` of the throttling gateway.
 */
export function faultOf(body: JsonValue): ApiFault | undefined {
  if (!isObject(body)) return undefined;
  const error = body['error'];
  if (isObject(error)) {
    const target = text(error['target']);
    return {
      code: text(innermost(error)['code']) ?? 'unknown',
      message: text(error['message']) ?? '',
      ...(target ? { target } : {})
    };
  }
  const code = body['code'] ?? body['statusCode'];
  const message = text(body['description']) ?? text(body['message']);
  return code === undefined && message === undefined
    ? undefined
    : { code: String(code ?? 'unknown'), message: message ?? '' };
}

interface Explanation {
  code: string;
  message: string;
  nextSteps: readonly string[];
}

const explanations: Record<'noMfa' | 'expired' | 'appOnly' | 'unauthenticated' | 'role' | 'record', Explanation> = {
  noMfa: {
    code: 'NO_MFA',
    message: 'Partner Center refused the sign-in because it was made without multi-factor authentication.',
    nextSteps: [signInAgainStep]
  },
  expired: { code: 'TOKEN_EXPIRED', message: 'The Partner Center sign-in has expired.', nextSteps: [signInAgainStep] },
  appOnly: {
    code: 'APP_ONLY_TOKEN',
    message: 'Partner Center referrals need a signed-in person; the token belongs to an application only.',
    nextSteps: ['Sign in as a user with the role Referrals admin instead of using client credentials.']
  },
  unauthenticated: {
    code: 'UNAUTHENTICATED',
    message: 'Partner Center refused the sign-in.',
    nextSteps: [signInAgainStep]
  },
  role: {
    code: 'WRONG_ROLE',
    message: 'The signed-in user may not work with referrals in Partner Center.',
    nextSteps: ['Give the user the role Referrals admin in Partner Center, Account settings, User management.']
  },
  record: {
    code: 'REFERRAL_NOT_SHARED',
    message: 'The signed-in user may not change this referral in Partner Center.',
    nextSteps: ['Add the user to the team of the referral, or give the user the role Referrals admin.']
  }
};

/** 401 without a body and with `invalid_token` is what a sign-in without a second factor gets. */
function explain401(answer: HttpResponse, flaw: TokenFlaw): Explanation {
  if (flaw !== 'none') return explanations[flaw];
  const challenge = answer.headers['www-authenticate'] ?? '';
  return answer.body === '' && challenge.includes('invalid_token') ? explanations.noMfa : explanations.unauthenticated;
}

function explain403(call: FailedCall): Explanation {
  if (call.flaw === 'appOnly') return explanations.appOnly;
  return call.oneRecord ? explanations.record : explanations.role;
}

function kindOf(status: number, repeatable: boolean): FailureKind {
  if (status === 429 || status === 509) return 'retryable';
  if (status >= 500) return repeatable ? 'retryable' : 'unknownOutcome';
  return 'rejected';
}

function detailsOf(answer: HttpResponse, call: FailedCall, nextSteps: readonly string[], target?: string) {
  return {
    nextSteps,
    status: answer.status,
    correlationId: call.correlationId,
    ...(call.retryAfterMs === undefined ? {} : { retryAfterMs: call.retryAfterMs }),
    ...(target === undefined ? {} : { target })
  };
}

/**
 * The typed error for an answer that is no success. Codes are compared without case and unknown ones pass through;
 * messages are shown and never interpreted, because they change freely.
 */
export function answerError(answer: HttpResponse, body: JsonValue, call: FailedCall): ConnectorError {
  const { status } = answer;
  if (status === 401 || status === 403) {
    const { code, message, nextSteps } = status === 401 ? explain401(answer, call.flaw) : explain403(call);
    const kind = code === explanations.record.code ? 'rejected' : 'connection';
    return new ConnectorError(system, kind, code, message, detailsOf(answer, call, nextSteps));
  }
  const fault = faultOf(body);
  const kind = kindOf(status, call.repeatable);
  if (kind === 'rejected') {
    const message = `Partner Center refused the referral: ${fault?.message || `status ${status}`}`;
    const nextSteps = fault?.target ? [`Correct ${fault.target} and save the opportunity.`] : [];
    return new ConnectorError(
      system,
      kind,
      fault?.code ?? `HTTP_${status}`,
      message,
      detailsOf(answer, call, nextSteps, fault?.target)
    );
  }
  const code = status === 429 ? 'THROTTLED' : `HTTP_${status}`;
  return new ConnectorError(
    system,
    kind,
    code,
    `Partner Center is not available (status ${status}).`,
    detailsOf(answer, call, [])
  );
}

/** The typed error when no answer came: a create that was cut may have been carried out. */
export function transportError(error: HttpTransportError, repeatable: boolean, correlationId: string): ConnectorError {
  const refused = error.kind === 'refused';
  const kind: FailureKind = refused ? 'connection' : repeatable ? 'retryable' : 'unknownOutcome';
  const code = refused ? 'UNREACHABLE' : `TRANSPORT_${error.kind.toUpperCase()}`;
  return new ConnectorError(system, kind, code, `Partner Center gave no answer: ${error.message}`, {
    nextSteps: refused ? ['Check the network and the address of Partner Center.'] : [],
    correlationId,
    cause: error
  });
}
