import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as call } from 'undici';
import { Refusal } from './guard.js';

export interface PageUser {
  username: string;
  displayName: string;
  /** Token of the Salesforce stand-in; never leaves this process. */
  accessToken: string;
}

/** What the page has to know of the user's record. */
export interface UserSettings {
  id: string;
  /** BCP 47. */
  locale: string;
  /** `LanguageLocaleKey`, for example `nl_NL`. */
  language: string;
  timeZone: string;
}

type UserRow = Record<'Id' | 'LocaleSidKey' | 'TimeZoneSidKey' | 'LanguageLocaleKey', string>;

const cookieName = 'record_page_user';
const bodyLimit = 4096;

/** Which demo user the browser acts as: a cookie holds the user name, the token stays here. */
export class SignIn {
  private readonly known = new Map<string, UserSettings>();

  public constructor(
    private readonly users: readonly PageUser[],
    private readonly salesforceUrl: string
  ) {}

  /** Users as the menu shows them, without tokens. */
  public get choices(): { username: string; displayName: string }[] {
    return this.users.map(({ username, displayName }) => ({ username, displayName }));
  }

  public userOf(request: IncomingMessage): PageUser {
    const chosen = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
    const user = this.users.find(({ username }) => encodeURIComponent(username) === chosen) ?? this.users[0];
    if (!user) throw new Refusal(503, 'NO_USERS', 'The record page was started without users.');
    return user;
  }

  /** `POST /session` with `{ username }`. */
  public async change(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Use POST to choose a user.');
    const username = usernameIn(await textOf(request));
    if (!this.users.some((user) => user.username === username)) {
      throw new Refusal(400, 'UNKNOWN_USER', 'The record page does not know this user; choose one from the menu.');
    }
    response.setHeader(
      'set-cookie',
      `${cookieName}=${encodeURIComponent(username)}; Path=/; HttpOnly; SameSite=Strict`
    );
    response.writeHead(204).end();
  }

  /** Id, locale and time zone as the org has them; `@salesforce/user` and `@salesforce/i18n` give them to components. */
  public async settingsOf(user: PageUser): Promise<UserSettings> {
    const known = this.known.get(user.username);
    if (known !== undefined) return known;
    const username = user.username.replace(/['\\]/g, '\\$&');
    const soql = `SELECT Id, LocaleSidKey, TimeZoneSidKey, LanguageLocaleKey FROM User WHERE Username = '${username}'`;
    const answer = await call(`${this.salesforceUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
      headers: { authorization: `Bearer ${user.accessToken}` }
    });
    const body = (await answer.body.json()) as { records?: UserRow[] };
    const [row] = body.records ?? [];
    if (!row)
      throw new Refusal(502, 'USER_NOT_FOUND', `The org has no user ${user.username}, or the token is not valid.`);
    const settings = {
      id: row.Id,
      locale: row.LocaleSidKey.replaceAll('_', '-'),
      timeZone: row.TimeZoneSidKey,
      language: row.LanguageLocaleKey
    };
    this.known.set(user.username, settings);
    return settings;
  }
}

function usernameIn(text: string): string {
  try {
    const { username } = JSON.parse(text) as { username?: unknown };
    return typeof username === 'string' ? username : '';
  } catch {
    throw new Refusal(400, 'JSON_PARSER_ERROR', 'The body is not JSON.');
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Refusal(413, 'REQUEST_TOO_LARGE', 'The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
