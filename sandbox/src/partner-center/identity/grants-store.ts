import { createHash, randomBytes } from 'node:crypto';
import type { KeptValues } from '../store/database.js';

/** What a refresh token stands for: a person who signed in once, with or without a second factor. */
export interface RefreshGrant {
  oid: string;
  clientId: string;
  mfa: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  usedAt: number | null;
}

/** A sign-in that waits for its code to be exchanged. */
export interface CodeGrant {
  oid: string;
  clientId: string;
  redirectUri: string;
  codeChallenge: string | null;
  scope: string;
  nonce: string | null;
  mfa: boolean;
  expiresAt: number;
}

export interface DeviceGrant {
  userCode: string;
  clientId: string;
  scope: string;
  status: 'pending' | 'approved' | 'declined';
  oid: string | null;
  mfa: boolean;
  expiresAt: number;
}

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Grants by the hash of their secret: the database never holds a usable token. */
export class GrantStore {
  public constructor(private readonly kept: KeptValues) {}

  public addRefresh(grant: RefreshGrant): string {
    const secret = `0.A${randomBytes(48).toString('base64url')}`;
    this.kept.set('refresh', hash(secret), grant);
    return secret;
  }

  public refresh(secret: string): RefreshGrant | undefined {
    return this.kept.get('refresh', hash(secret)) as RefreshGrant | undefined;
  }

  public useRefresh(secret: string, grant: RefreshGrant): void {
    this.kept.set('refresh', hash(secret), grant);
  }

  /** Ends every sign-in, as an administrator's "revoke sessions" does. */
  public revokeAll(): void {
    for (const room of ['refresh', 'code', 'device']) this.kept.clear(room);
  }

  public addCode(grant: CodeGrant): string {
    const secret = randomBytes(32).toString('base64url');
    this.kept.set('code', hash(secret), grant);
    return secret;
  }

  /** A code works once. */
  public takeCode(secret: string): CodeGrant | undefined {
    const grant = this.kept.get('code', hash(secret)) as CodeGrant | undefined;
    this.kept.delete('code', hash(secret));
    return grant;
  }

  public addDevice(grant: DeviceGrant): string {
    const secret = randomBytes(32).toString('base64url');
    this.kept.set('device', hash(secret), grant);
    this.kept.set('device-user-code', grant.userCode, hash(secret));
    return secret;
  }

  public device(secret: string): DeviceGrant | undefined {
    return this.kept.get('device', hash(secret)) as DeviceGrant | undefined;
  }

  public deviceByUserCode(userCode: string): DeviceGrant | undefined {
    const key = this.kept.get('device-user-code', userCode) as string | undefined;
    return key === undefined ? undefined : (this.kept.get('device', key) as DeviceGrant | undefined);
  }

  public answerDevice(grant: DeviceGrant): void {
    const key = this.kept.get('device-user-code', grant.userCode) as string;
    this.kept.set('device', key, grant);
  }

  public endDevice(secret: string): void {
    this.kept.delete('device', hash(secret));
  }
}
