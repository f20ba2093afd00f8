/**
 * A signed-in Salesforce user as the connector needs it. How the sign-in came about (sf CLI auth file, JWT, refresh
 * token) is the business of the implementation.
 */
export interface SalesforceSession {
  /** Without a trailing slash. */
  readonly instanceUrl: string;
  /** 18-character id of the org; change events need it. */
  readonly organizationId?: string;
  accessToken(): Promise<string>;
  /** Asks for a fresh token after a 401; concurrent callers share one request. Throws `ConnectorError` kind `connection`. */
  renew(): Promise<string>;
}

/** Answer of a connection check, for people. */
export interface ApiUsage {
  /** Calls used in the rolling 24 hours, as the org last said. */
  used: number;
  allowed: number;
}
