import type { FailureKind } from '../../ports/errors.js';
import { ConnectorError } from '../../ports/errors.js';
import type { FailedSignIn } from '../entra/index.js';
import { system } from './system.js';

interface Reason {
  code: string;
  message: string;
  nextSteps: readonly string[];
}

const unknownTenant: Reason = {
  code: 'UNKNOWN_TENANT',
  message: 'The sign-in service does not know the tenant.',
  nextSteps: ['Correct the tenant id: Microsoft Entra admin center, Overview, Tenant ID.']
};
const wrongSecret: Reason = {
  code: 'WRONG_CLIENT_SECRET',
  message: 'The sign-in service refused the client secret.',
  nextSteps: [
    'Add the connection again with the value of the secret, not its id: sf cosell connection add business-central'
  ]
};
const noService: Reason = {
  code: 'AUDIENCE_UNKNOWN',
  message: 'The tenant has no Business Central.',
  nextSteps: ['Check that the tenant is the one that Business Central runs in.']
};

/** Numbers of Entra ID's refusals (Microsoft Entra: authentication error codes). */
const BY_NUMBER: Readonly<Record<number, Reason>> = {
  53003: {
    code: 'BLOCKED_BY_POLICY',
    message: 'A conditional access policy of the tenant blocks the application.',
    nextSteps: ['Ask the administrator of the tenant to allow this application.']
  },
  90002: unknownTenant,
  500011: noService,
  700016: {
    code: 'UNKNOWN_CLIENT',
    message: 'The tenant does not know the application.',
    nextSteps: ['Correct the client id: Microsoft Entra admin center, App registrations, Application (client) ID.']
  },
  700027: {
    code: 'WRONG_CERTIFICATE',
    message: 'The app registration does not know the certificate.',
    nextSteps: ['Upload the certificate to the app registration: Certificates & secrets, Certificates.']
  },
  900023: unknownTenant,
  7000215: wrongSecret,
  7000216: wrongSecret,
  7000222: {
    code: 'CLIENT_SECRET_EXPIRED',
    message: 'The client secret has expired.',
    nextSteps: [
      'Make a new secret in the app registration, Certificates & secrets, and add the connection again: sf cosell connection add business-central'
    ]
  }
};

/** For refusals without a number. */
const BY_ERROR: Readonly<Record<string, Reason>> = { invalid_client: wrongSecret, invalid_resource: noService };

const PASSING = new Set(['server_error', 'temporarily_unavailable']);

/** A key that MSAL cannot sign with fails before anything is sent. */
const unusableKey = (error: unknown): ConnectorError =>
  new ConnectorError(system, 'connection', 'CERTIFICATE_UNUSABLE', 'The private key of the certificate cannot sign.', {
    nextSteps: ['Use a PEM file with the certificate and its RSA key without a password.'],
    cause: error
  });

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
  const thrown = (error as { errorCode?: unknown; code?: unknown } | undefined) ?? {};
  if (fault === undefined && String(thrown.code ?? '').startsWith('ERR_OSSL')) return unusableKey(error);
  const name = fault?.error ?? String(thrown.errorCode ?? '');
  const known = BY_NUMBER[fault?.number ?? 0] ?? BY_ERROR[name];
  const number = fault?.number === undefined ? [] : [`AADSTS${fault.number}`];
  const reason = known ?? {
    code: 'SIGN_IN_FAILED',
    message: `The sign-in service refused: ${[name || 'unknown error', ...number].join(' ')}.`,
    nextSteps: ['Check tenant, client id and the permissions of the application registration.']
  };
  const kind: FailureKind = known === undefined && PASSING.has(name) ? 'retryable' : 'connection';
  return new ConnectorError(system, kind, reason.code, reason.message, { nextSteps: reason.nextSteps, cause: error });
}
