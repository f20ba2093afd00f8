import type { OrgHandle } from '../salesforce/core/org-handle.js';

/** Sessions end after two hours without use; a token is replaced well before. */
const renewAfterMs = 3_600_000;

/** Access tokens of the demo users for the record page and for scripts. */
export class DemoTokens {
  private readonly tokens = new Map<string, { token: string; issuedAt: number }>();

  public constructor(
    private readonly org: OrgHandle,
    private readonly now: () => number
  ) {}

  public current(username: string): string {
    const known = this.tokens.get(username);
    if (known && this.now() - known.issuedAt < renewAfterMs) return known.token;
    const token = this.org.auth.issueAccessToken(username);
    this.tokens.set(username, { token, issuedAt: this.now() });
    return token;
  }
}
