import type { FailureKind } from '../../ports/errors.js';
import { ConnectorError } from '../../ports/errors.js';
import type { HttpTransportError } from '../../ports/http.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import { label, system } from './system.js';

/** What an error body says (Business Central: error codes); the correlation id ends the message. */
export interface ApiFault {
  code: string;
  message: string;
  correlationId?: string;
}

export interface FailedCall {
  status: number;
  /** Carrying it out twice equals once. */
  repeatable: boolean;
  retryAfterMs?: number | undefined;
}

const CORRELATION = /\s*CorrelationId:\s*([0-9a-f-]{36})\.?\s*$/i;

/** `{error: {code, message}}`; undefined for any other body. */
export function faultOf(body: JsonValue): ApiFault | undefined {
  const error = (body as JsonObject | null)?.['error'] as JsonObject | undefined;
  if (typeof error !== 'object' || error === null) return undefined;
  const text = String(error['message'] ?? '');
  const correlationId = CORRELATION.exec(text)?.[1];
  return {
    code: String(error['code'] ?? 'Unknown'),
    message: text.replace(CORRELATION, ''),
    ...(correlationId === undefined ? {} : { correlationId })
  };
}

interface Reason {
  kind: FailureKind;
  code: string;
  message?: string;
  nextStep: string;
}

const signIn: Reason = {
  kind: 'connection',
  code: 'UNAUTHENTICATED',
  message: `${label} refused the sign-in.`,
  nextStep:
    'Check that the application is on the page Microsoft Entra Applications of the environment with the state Enabled, then run: sf cosell connection test business-central'
};
const permission: Reason = {
  kind: 'connection',
  code: 'PERMISSION_MISSING',
  message: `${label} does not let the application do this.`,
  nextStep:
    'Assign the application a permission set that allows it, on the page Microsoft Entra Applications, then run: sf cosell connection test business-central'
};

/** Codes that ask for more than showing them, in lower case: the service is not strict about case. */
const BY_CODE: Readonly<Record<string, Reason>> = {
  authentication_invalidcredentials: signIn,
  internal_companynotfound: {
    kind: 'connection',
    code: 'COMPANY_NOT_FOUND',
    message: 'The company is not in this environment (any more).',
    nextStep: 'Choose the company again with: sf cosell connection add business-central'
  },
  internal_invalidtablerelation: {
    kind: 'rejected',
    code: 'VALUE_UNKNOWN',
    nextStep: 'Create the value in Business Central, or choose one that is there.'
  },
  application_fieldvalidationexception: {
    kind: 'rejected',
    code: 'Application_FieldValidationException',
    nextStep:
      'Complete the record in Business Central as the message says; for new customers and items set template selection rules there, which fill posting groups.'
  },
  application_stringexceededlength: {
    kind: 'rejected',
    code: 'TEXT_TOO_LONG',
    nextStep: 'Shorten the text to the length that Business Central allows.'
  },
  internal_entitywithsamekeyexists: {
    kind: 'rejected',
    code: 'DUPLICATE_KEY',
    nextStep: 'Couple the record with the one that is there, or change its number.'
  },
  badrequest_methodnotallowed: {
    kind: 'rejected',
    code: 'NOT_ALLOWED',
    nextStep: 'Change this in Business Central: its API does not allow it.'
  }
};

/** A set may refuse with 400 until an administrator has run this upgrade; no record and no repeat can change that. */
const DATA_UPGRADE = /run the data upgrade/i;
const upgrade: Reason = {
  kind: 'connection',
  code: 'DATA_UPGRADE_NEEDED',
  message: 'Business Central wants its data upgrade for the API to be run first.',
  nextStep: 'Run it as an administrator: page API Data Upgrade Companies in Business Central.'
};

function kindOf({ status, repeatable }: FailedCall): FailureKind {
  if (status === 429) return 'retryable';
  if (status === 408 || status >= 500) return repeatable ? 'retryable' : 'unknownOutcome';
  return 'rejected';
}

function reasonOf(call: FailedCall, fault: ApiFault | undefined): Reason | undefined {
  if (fault !== undefined && DATA_UPGRADE.test(fault.message)) return upgrade;
  const known = BY_CODE[fault?.code.toLowerCase() ?? ''];
  if (known) return known;
  if (call.status === 401) return signIn;
  if (call.status === 403 || fault?.code.startsWith('Authorization_') === true) return permission;
  return undefined;
}

/**
 * The typed error for an answer that is no success. Unknown codes pass through; messages are shown and, but for one that has
 * no code of its own, never interpreted, because they change with language and version.
 */
export function answerError(body: JsonValue, call: FailedCall): ConnectorError {
  const { status, retryAfterMs } = call;
  const fault = faultOf(body);
  const reason = reasonOf(call, fault);
  const details = {
    status,
    ...(reason === undefined ? {} : { nextSteps: [reason.nextStep] }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(fault?.correlationId === undefined ? {} : { correlationId: fault.correlationId })
  };
  const said = fault?.message || `status ${status}`;
  if (reason)
    return new ConnectorError(system, reason.kind, reason.code, reason.message ?? `${label} refused: ${said}`, details);
  const kind = kindOf(call);
  if (kind === 'rejected') {
    return new ConnectorError(system, kind, fault?.code ?? `HTTP_${status}`, `${label} refused: ${said}`, details);
  }
  const code = status === 429 ? 'THROTTLED' : `HTTP_${status}`;
  return new ConnectorError(system, kind, code, `${label} is not available (status ${status}).`, details);
}

/** The typed error when no answer came: a create or an action that was cut may have been carried out. */
export function transportError(error: HttpTransportError, repeatable: boolean): ConnectorError {
  const refused = error.kind === 'refused';
  const kind: FailureKind = refused ? 'connection' : repeatable ? 'retryable' : 'unknownOutcome';
  const code = refused ? 'UNREACHABLE' : `TRANSPORT_${error.kind.toUpperCase()}`;
  return new ConnectorError(system, kind, code, `${label} gave no answer: ${error.message}`, {
    nextSteps: refused ? ['Check the network and the address of Business Central.'] : [],
    cause: error
  });
}
