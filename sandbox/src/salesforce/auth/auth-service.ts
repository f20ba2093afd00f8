import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Session } from '../core/contract.js';
import type { OrgDatabase } from '../core/database.js';
import type { OrgClock } from '../core/org-clock.js';
import { ApiError } from '../core/transport.js';

/** An External Client App as the org keeps it. */
export interface ConnectedClient {
  clientId: string;
  /** PEM of the certificate or public key that signs JWT assertions. */
  publicKey?: string;
  clientSecret?: string;
  /** Users who may log in with it (pre-authorized by an administrator). */
  usernames: readonly string[];
  /** User of the client credentials flow. */
  runAs?: string;
}

interface UserRow {
  Id: string;
  Username: string;
  Profile: string;
  IsActive: number;
}

/** Session time-out of an org's default session settings. */
const SESSION_MS = 2 * 3_600_000;

/** Connected clients, access tokens and refresh tokens of the org. Tokens are stored as hashes. */
export class AuthService {
  public readonly organizationId: string;

  public constructor(
    private readonly database: OrgDatabase,
    private readonly clock: OrgClock
  ) {
    database.define(`CREATE TABLE IF NOT EXISTS _client (clientId TEXT PRIMARY KEY, definition TEXT NOT NULL)`);
    database.define(
      `CREATE TABLE IF NOT EXISTS _token (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, userId TEXT NOT NULL, clientId TEXT NOT NULL,
       lastUsed INTEGER NOT NULL)`
    );
    this.organizationId = database.first<{ Id: string }>(`SELECT "Id" FROM "Organization"`)?.Id ?? '';
  }

  public registerClient(client: ConnectedClient): void {
    this.database.run(`INSERT OR REPLACE INTO _client VALUES (?, ?)`, client.clientId, JSON.stringify(client));
  }

  public client(clientId: string): ConnectedClient | undefined {
    const row = this.database.first<{ definition: string }>(
      `SELECT definition FROM _client WHERE clientId = ?`,
      clientId
    );
    return row === undefined ? undefined : (JSON.parse(row.definition) as ConnectedClient);
  }

  public secretMatches(client: ConnectedClient, secret: string): boolean {
    if (client.clientSecret === undefined) return false;
    return timingSafeEqual(Buffer.from(digest(client.clientSecret)), Buffer.from(digest(secret)));
  }

  /** An access token for the user: organization id, `!`, secret. Throws when there is no such active user. */
  public issueAccessToken(username: string, clientId = 'PlatformCLI'): string {
    const user = this.requireUser(username);
    const token = `${this.organizationId}!AQ${randomBytes(48).toString('base64url').replaceAll('-', '.')}`;
    this.store('access', token, user.Id, clientId);
    return token;
  }

  public issueRefreshToken(username: string, clientId: string): string {
    const token = `5Aep861${randomBytes(40).toString('base64url')}`;
    this.store('refresh', token, this.requireUser(username).Id, clientId);
    return token;
  }

  /** User name behind a refresh token of this client; undefined when it is unknown or revoked. */
  public refreshUser(token: string, clientId: string): string | undefined {
    return this.database.first<{ Username: string }>(
      `SELECT u."Username" FROM _token t JOIN "User" u ON u."Id" = t.userId WHERE t.hash = ? AND t.kind = 'refresh' AND t.clientId = ?`,
      digest(token),
      clientId
    )?.Username;
  }

  /** Session behind an access token; each use starts its time-out anew. Throws 401 INVALID_SESSION_ID. */
  public session(accessToken: string): Session {
    const hash = digest(accessToken);
    const found = this.database.first<UserRow & { lastUsed: number }>(
      `SELECT u."Id", u."Username", u."IsActive", p."Name" AS "Profile", t.lastUsed FROM _token t JOIN "User" u ON u."Id" = t.userId
       JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE t.hash = ? AND t.kind = 'access'`,
      hash
    );
    const now = this.clock.now().getTime();
    if (found?.IsActive !== 1 || now - found.lastUsed > SESSION_MS) {
      throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    }
    // Written once a minute at most, so that reading does not cost a write each time.
    if (Math.abs(now - found.lastUsed) > 60_000)
      this.database.run(`UPDATE _token SET lastUsed = ? WHERE hash = ?`, now, hash);
    return toSession(found);
  }

  public sessionFor(username: string): Session {
    return toSession(this.requireUser(username));
  }

  public firstAdmin(): Session {
    const username = this.database.first<{ Username: string }>(
      `SELECT u."Username" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId"
       WHERE p."Name" = 'System Administrator' AND u."IsActive" = 1 ORDER BY u."Id" LIMIT 1`
    )?.Username;
    return this.sessionFor(username ?? '');
  }

  /** Ends one session or refresh token; true when there was one. */
  public revoke(token: string): boolean {
    return this.database.run(`DELETE FROM _token WHERE hash = ?`, digest(token)) > 0;
  }

  /** Ends every session, as an administrator or a time-out would. Refresh tokens stay. */
  public expireSessions(): void {
    this.database.run(`DELETE FROM _token WHERE kind = 'access'`);
  }

  private requireUser(username: string): UserRow {
    const user = this.database.first<UserRow>(
      `SELECT u."Id", u."Username", u."IsActive", p."Name" AS "Profile" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId"
       WHERE u."Username" = ?`,
      username
    );
    if (user?.IsActive !== 1)
      throw new ApiError(400, 'invalid_grant', `user hasn't approved this consumer: ${username}`);
    return user;
  }

  private store(kind: string, token: string, userId: string, clientId: string): void {
    this.database.run(
      `INSERT INTO _token VALUES (?, ?, ?, ?, ?)`,
      digest(token),
      kind,
      userId,
      clientId,
      this.clock.now().getTime()
    );
  }
}

function toSession(user: UserRow): Session {
  return { userId: user.Id, username: user.Username, admin: user.Profile === 'System Administrator', clientId: '' };
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
