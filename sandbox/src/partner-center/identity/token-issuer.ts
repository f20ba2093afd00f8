import { randomUUID } from 'node:crypto';
import type { ServiceClock } from '../core/clock.js';
import type { DirectoryUser } from '../core/directory.js';
import { CLIENT_ID, PARTNER } from '../core/directory.js';
import type { PartnerCenterSettings } from '../core/settings.js';
import type { GrantStore } from './grants-store.js';
import { REFERRALS_AUDIENCE } from './resources.js';
import type { Signer } from './signing.js';

const DAY = 86_400_000;

export interface IssueOptions {
  clientId: string;
  audience: string | undefined;
  scope: string;
  mfa: boolean;
  version: 'v1' | 'v2';
  nonce?: string | null;
}

/** Makes the answers of the token endpoint. */
export class TokenIssuer {
  public constructor(
    private readonly signer: Signer,
    private readonly grants: GrantStore,
    private readonly clock: ServiceClock,
    private readonly settings: () => PartnerCenterSettings
  ) {}

  /** A refresh token as if the person had signed in and consented in a browser. */
  public refreshToken(user: DirectoryUser, options: { mfa: boolean; clientId?: string }): string {
    return this.grants.addRefresh({
      oid: user.oid,
      clientId: options.clientId ?? CLIENT_ID,
      mfa: options.mfa,
      expiresAt: this.clock.now() + this.settings().refreshTokenDays * DAY,
      usedAt: null
    });
  }

  /** An access token for a person. */
  public async userToken(user: DirectoryUser, options: Omit<IssueOptions, 'version' | 'scope'>): Promise<string> {
    return this.signer.sign({
      ...this.times(),
      ...personClaims(user),
      aud: options.audience ?? REFERRALS_AUDIENCE,
      iss: `https://sts.windows.net/${PARTNER.tenantId}/`,
      amr: options.mfa ? ['pwd', 'mfa'] : ['pwd'],
      appid: options.clientId,
      idtyp: 'user',
      roles: [...user.roles],
      scp: 'user_impersonation',
      ver: '1.0'
    });
  }

  /** An access token for an application without a person: the referrals API refuses it. */
  public async applicationToken(clientId: string, audience: string): Promise<string> {
    return this.signer.sign({
      ...this.times(),
      aud: audience,
      iss: `https://sts.windows.net/${PARTNER.tenantId}/`,
      appid: clientId,
      idtyp: 'app',
      oid: clientId,
      sub: clientId,
      tid: PARTNER.tenantId,
      ver: '1.0'
    });
  }

  /** The whole answer for a person: access token, new refresh token, id token and client info. */
  public async answer(user: DirectoryUser, options: IssueOptions): Promise<Record<string, unknown>> {
    const seconds = this.settings().accessTokenSeconds;
    const common = {
      token_type: 'Bearer',
      scope: options.version === 'v1' ? 'user_impersonation' : grantedScope(options),
      access_token: await this.userToken(user, options),
      refresh_token: this.refreshToken(user, options),
      id_token: await this.idToken(user, options)
    };
    if (options.version === 'v2') {
      return { ...common, expires_in: seconds, ext_expires_in: seconds, client_info: clientInfo(user) };
    }
    const { nbf, exp } = this.times();
    // Version 1 prints numbers as strings (Partner Center: enable the secure application model).
    return {
      ...common,
      expires_in: String(seconds),
      ext_expires_in: String(seconds),
      not_before: String(nbf),
      expires_on: String(exp),
      resource: options.audience ?? REFERRALS_AUDIENCE
    };
  }

  private async idToken(user: DirectoryUser, options: IssueOptions): Promise<string> {
    const { tenantId } = PARTNER;
    return this.signer.sign({
      ...this.times(),
      ...personClaims(user),
      aud: options.clientId,
      iss:
        options.version === 'v2'
          ? `https://login.microsoftonline.com/${tenantId}/v2.0`
          : `https://sts.windows.net/${tenantId}/`,
      preferred_username: user.upn,
      ...(options.nonce ? { nonce: options.nonce } : {}),
      ver: options.version === 'v2' ? '2.0' : '1.0'
    });
  }

  private times(): { iat: number; nbf: number; exp: number; uti: string } {
    const now = Math.floor(this.clock.now() / 1000);
    return { iat: now, nbf: now, exp: now + this.settings().accessTokenSeconds, uti: randomUUID() };
  }
}

function personClaims(user: DirectoryUser): Record<string, unknown> {
  return {
    name: `${user.firstName} ${user.lastName}`,
    given_name: user.firstName,
    family_name: user.lastName,
    email: user.upn,
    oid: user.oid,
    sub: user.oid,
    tid: PARTNER.tenantId,
    upn: user.upn,
    unique_name: user.upn
  };
}

/** Base64url of `{uid, utid}`, from which MSAL makes its account key. */
function clientInfo(user: DirectoryUser): string {
  return Buffer.from(JSON.stringify({ uid: user.oid, utid: PARTNER.tenantId })).toString('base64url');
}

function grantedScope(options: IssueOptions): string {
  const audience = options.audience ?? REFERRALS_AUDIENCE;
  return [`${audience}/user_impersonation`, `${audience}/.default`].join(' ');
}
