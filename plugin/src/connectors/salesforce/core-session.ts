import type { Org } from '@salesforce/core';
import { ConnectorError } from '../../ports/errors.js';
import type { SalesforceSession } from './session.js';

/** `org login access-token` stores the address with a trailing slash; joined to a path it would make a double slash. */
function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function tokenOf(org: Org): string {
  const token = org.getConnection().accessToken;
  if (!token) throw signInFailed(org, undefined);
  return token;
}

function signInFailed(org: Org, cause: unknown): ConnectorError {
  const user = org.getUsername() ?? 'the target org';
  return new ConnectorError(
    'salesforce',
    'connection',
    'SESSION_EXPIRED',
    `The Salesforce session of ${user} has ended.`,
    {
      nextSteps: [`Sign in again, for example: sf org login web --alias ${user}`],
      cause
    }
  );
}

/**
 * The session of an org the sf CLI is signed in to. `@salesforce/core` keeps and renews the token (JWT or refresh
 * token); it is imported by whoever made the `Org`, so this file costs nothing at start-up.
 */
export function coreSession(org: Org): SalesforceSession {
  let renewal: Promise<string> | undefined;
  const renewOnce = async (): Promise<string> => {
    try {
      await org.refreshAuth();
      return tokenOf(org);
    } catch (error) {
      throw error instanceof ConnectorError ? error : signInFailed(org, error);
    }
  };
  return {
    instanceUrl: withoutTrailingSlash(org.getConnection().instanceUrl),
    organizationId: org.getOrgId(),
    accessToken: () => Promise.resolve().then(() => tokenOf(org)),
    renew() {
      renewal ??= renewOnce().finally(() => {
        renewal = undefined;
      });
      return renewal;
    }
  };
}
