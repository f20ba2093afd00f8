import type { FailureKind } from '../../ports/errors.js';
import { ConnectorError } from '../../ports/errors.js';
import type { FailedSignIn } from '../entra/index.js';
import { signInAgainStep, system } from './tokens.js';

interface Reason {
  code: string;
  message: string;
  nextSteps: readonly string[];
}

const noMfa: Reason = {
  code: 'NO_MFA',
  message: 'The sign-in service asks for a second factor.',
  nextSteps: [signInAgainStep]
};
const expired: Reason = {
  code: 'TOKEN_EXPIRED',
  message: 'The Partner Center sign-in has expired or was revoked.',
  nextSteps: [signInAgainStep]
};
const unknownTenant: Reason = {
  code: 'UNKNOWN_TENANT',
  message: 'The sign-in service does not know the tenant.',
  nextSteps: ['Correct the tenant id: Microsoft Entra admin center, Overview, Tenant ID.']
};
const unknownClient: Reason = {
  code: 'UNKNOWN_CLIENT',
  message: 'The tenant does not know the application.',
  nextSteps: ['Correct the client id: Microsoft Entra admin center, App registrations, Application (client) ID.']
};
const noConsent: Reason = {
  code: 'CONSENT_MISSING',
  message: 'Nobody has consented that the application works with Partner Center.',
  nextSteps: [
    'Add the delegated permission user_impersonation of both Partner Center APIs to the app registration and grant consent, then sign in again.'
  ]
};
const declined: Reason = {
  code: 'SIGN_IN_DECLINED',
  message: 'The sign-in was declined.',
  nextSteps: ['Start again and accept the permissions.']
};
const late: Reason = {
  code: 'SIGN_IN_TIMED_OUT',
  message: 'Nobody finished the sign-in in time.',
  nextSteps: ['Start again and finish the sign-in within 15 minutes.']
};
const noApi: Reason = {
  code: 'AUDIENCE_UNKNOWN',
  message: 'The tenant does not know the Partner Center API that a token was asked for.',
  nextSteps: ['Check that the tenant is the one that is enrolled in Partner Center.']
};

/** Numbers of Entra ID's refusals (Microsoft Entra: authentication error codes). */
const BY_NUMBER: Readonly<Record<number, Reason>> = {
  50011: {
    code: 'REDIRECT_NOT_REGISTERED',
    message: 'The app registration does not allow the way back from the browser.',
    nextSteps: ['Add http://localhost to the app registration, Authentication, Mobile and desktop applications.']
  },
  50074: noMfa,
  50076: noMfa,
  50079: noMfa,
  50173: expired,
  53003: {
    code: 'BLOCKED_BY_POLICY',
    message: 'A conditional access policy of the tenant blocks the sign-in.',
    nextSteps: ['Ask the administrator of the tenant to allow this application, then sign in again.']
  },
  65001: noConsent,
  65004: declined,
  70000: expired,
  70008: expired,
  70016: late,
  70018: declined,
  70020: late,
  70043: expired,
  90002: unknownTenant,
  500011: noApi,
  700016: unknownClient,
  700082: expired,
  900023: unknownTenant,
  7000218: {
    code: 'PUBLIC_CLIENT_OFF',
    message: 'The app registration does not allow people to sign in without a secret.',
    nextSteps: ['Switch on Allow public client flows in the app registration, Authentication.']
  },
  9002313: expired
};

/** For refusals without a number. */
const BY_ERROR: Readonly<Record<string, Reason>> = {
  interaction_required: noMfa,
  consent_required: noConsent,
  invalid_grant: expired,
  authorization_declined: declined,
  access_denied: declined,
  authorization_pending: late,
  expired_token: late
};

const PASSING = new Set(['server_error', 'temporarily_unavailable']);

export function signInError({ code, message, nextSteps }: Reason, cause?: unknown): ConnectorError {
  return new ConnectorError(system, 'connection', code, message, { nextSteps, cause });
}

/** Nobody has signed in yet. */
export const notSignedIn = (): ConnectorError =>
  signInError({
    code: 'NOT_SIGNED_IN',
    message: 'Nobody has signed in to Partner Center yet.',
    nextSteps: [signInAgainStep]
  });

/** A person signed in with a password only; the refresh token would lead to tokens that Partner Center refuses. */
export const withoutMfa = (): ConnectorError =>
  signInError({ ...noMfa, message: 'The sign-in was made without multi-factor authentication.' });

/** MSAL's error in our words. MSAL's own sentence is never shown: it may quote the request. */
export function explainSignIn({ error, fault, transport }: FailedSignIn): ConnectorError {
  if (transport) {
    const kind: FailureKind = transport.kind === 'refused' ? 'connection' : 'retryable';
    return new ConnectorError(
      system,
      kind,
      'SIGN_IN_UNREACHABLE',
      `The sign-in service gave no answer: ${transport.message}`,
      { nextSteps: ['Check the network, and the proxy if there is one.'], cause: transport }
    );
  }
  const thrown = String((error as { errorCode?: unknown } | undefined)?.errorCode ?? '');
  const name = fault?.error ?? thrown;
  const reason = BY_NUMBER[fault?.number ?? 0] ?? BY_ERROR[name];
  if (reason) return signInError(reason, error);
  return new ConnectorError(
    system,
    PASSING.has(name) ? 'retryable' : 'connection',
    'SIGN_IN_FAILED',
    `The sign-in service refused: ${[name || 'unknown error', ...(fault?.number === undefined ? [] : [`AADSTS${fault.number}`])].join(' ')}.`,
    { nextSteps: ['Check tenant, client id and the permissions of the application registration.'], cause: error }
  );
}
