import { ConnectorError } from '../../ports/errors.js';
import type { FailureKind } from '../../ports/errors.js';
import type { HttpTransportError } from '../../ports/http.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';

export const system = 'salesforce';

/** One error as the REST API reports it, in the body of an answer or of a sub-request. */
export interface ApiFault {
  code: string;
  message: string;
  fields: readonly string[];
}

interface FaultRule {
  kind: FailureKind;
  nextSteps: readonly string[];
}

const wait: FaultRule = { kind: 'retryable', nextSteps: [] };
const noAccess: FaultRule = {
  kind: 'rejected',
  nextSteps: ['Share the record with the integration user, or assign the permission set Cosell_Integration_User.']
};

/** Codes that say more than their HTTP status. REST API guide, "Status Codes and Error Responses"; API limits cheat sheet. */
const rules: Readonly<Record<string, FaultRule>> = {
  UNABLE_TO_LOCK_ROW: wait,
  SERVER_UNAVAILABLE: wait,
  INVALID_QUERY_LOCATOR: wait,
  QUERY_TIMEOUT: wait,
  INSUFFICIENT_ACCESS_OR_READONLY: noAccess,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: noAccess,
  INVALID_FIELD_FOR_INSERT_UPDATE: noAccess,
  REQUEST_LIMIT_EXCEEDED: {
    kind: 'connection',
    nextSteps: ['Wait until calls of the last 24 hours expire, or raise the allowance in Setup, Company Information.']
  },
  INVALID_SESSION_ID: { kind: 'connection', nextSteps: ['Sign in again: sf org login web'] },
  API_DISABLED_FOR_ORG: {
    kind: 'connection',
    nextSteps: ['Give the integration user the permission "API Enabled", or use an edition with API access.']
  },
  INVALID_FIELD: {
    kind: 'connection',
    nextSteps: ['Deploy the co-sell fields: sf cosell deploy', 'Assign the permission set: Cosell_Integration_User']
  },
  INVALID_TYPE: {
    kind: 'connection',
    nextSteps: ['Deploy the co-sell objects: sf cosell deploy', 'Assign the permission set: Cosell_Integration_User']
  }
};

const byStatus: Readonly<Record<number, FailureKind>> = {
  401: 'connection',
  403: 'connection',
  429: 'retryable',
  500: 'retryable',
  502: 'retryable',
  503: 'retryable',
  504: 'retryable'
};

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The same code says two things: the calls of 24 hours are used up, or too many calls of 20 seconds and longer are
 * under way (25 in production), which passes by itself. Only the message tells them apart.
 */
function ruleOf(fault: ApiFault): FaultRule | undefined {
  const concurrent = fault.code === 'REQUEST_LIMIT_EXCEEDED' && /^Concurrent/i.test(fault.message);
  return concurrent ? wait : rules[fault.code];
}

/** Reads `[{errorCode, message, fields}]`; the collections resources call the code `statusCode`. */
export function faultsOf(body: JsonValue | undefined): ApiFault[] {
  if (!Array.isArray(body)) return [];
  return body.filter(isObject).map((entry) => ({
    code: String(entry['errorCode'] ?? entry['statusCode'] ?? 'UNKNOWN_EXCEPTION'),
    message: String(entry['message'] ?? ''),
    fields: Array.isArray(entry['fields']) ? entry['fields'].map(String) : []
  }));
}

/** The typed error for an answer that is not a success. Unknown codes keep their name and follow the HTTP status. */
export function answerError(status: number, body: JsonValue | undefined, retryAfterMs?: number): ConnectorError {
  const fault = faultsOf(body)[0];
  const rule = fault ? ruleOf(fault) : undefined;
  const message = fault
    ? `Salesforce refused the call: ${fault.message} (${fault.code}).`
    : `Salesforce answered with status ${status}.`;
  return new ConnectorError(
    system,
    rule?.kind ?? byStatus[status] ?? 'rejected',
    fault?.code ?? `HTTP_${status}`,
    message,
    {
      status,
      nextSteps: rule?.nextSteps ?? [],
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(fault?.fields[0] ? { target: fault.fields[0] } : {})
    }
  );
}

/**
 * The typed error when no answer came. A write that was cut may have been carried out; a host that cannot be reached
 * stops the run, because every other record would wait for it too.
 */
export function transportError(error: HttpTransportError, repeatable: boolean): ConnectorError {
  if (error.kind === 'refused') {
    return new ConnectorError(system, 'connection', 'UNREACHABLE', `Salesforce cannot be reached: ${error.message}`, {
      nextSteps: ['Check the network and the instance address: sf org display'],
      cause: error
    });
  }
  const kind = repeatable ? 'retryable' : 'unknownOutcome';
  return new ConnectorError(
    system,
    kind,
    `TRANSPORT_${error.kind.toUpperCase()}`,
    `Salesforce did not answer: ${error.message}`,
    {
      cause: error
    }
  );
}
