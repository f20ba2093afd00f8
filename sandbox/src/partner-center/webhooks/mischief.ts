import type { CertificateName } from './authority.js';

/** What can go wrong with one delivery. Everything not named stays as it should be. */
export interface Mischief {
  /** Sent this many times more. */
  again?: number;
  /** Never sent; it counts as delivered. */
  drop?: boolean;
  /** Sent only after the next event of the tenant. */
  afterNext?: boolean;
  /** Milliseconds on the service's clock before the first attempt. */
  delayMs?: number;
  /** The body is changed after it was signed. */
  tamper?: boolean;
  /** `none`: no signature at all; `wrong`: of other bytes. */
  signature?: 'none' | 'wrong';
  certificate?: CertificateName;
  /** Host of the certificate's address; by default the stand-in's own. */
  certificateHost?: string;
}

const KINDS: Readonly<Record<string, (options: Readonly<Record<string, unknown>>) => Mischief>> = {
  duplicate: ({ times = 1 }) => ({ again: Number(times) }),
  drop: () => ({ drop: true }),
  reorder: () => ({ afterNext: true }),
  delay: ({ milliseconds = 60_000 }) => ({ delayMs: Number(milliseconds) }),
  tamper: () => ({ tamper: true }),
  unsigned: () => ({ signature: 'none' }),
  wrongSignature: () => ({ signature: 'wrong' }),
  expiredCertificate: () => ({ certificate: 'expired' }),
  wrongSubject: () => ({ certificate: 'wrong-subject' }),
  untrustedCertificate: () => ({ certificate: 'untrusted' }),
  strangeCertificateHost: ({ host = 'certificates.example' }) => ({ certificateHost: String(host) })
};

/** Planned for the next deliveries, first planned first. */
export class MischiefPlan {
  private readonly planned: { kind: string; mischief: Mischief; left: number }[] = [];

  /** Throws a plain `Error` for an unknown kind. */
  public add(options: Readonly<Record<string, unknown>>): void {
    const kind = String(options['kind'] ?? '');
    const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (!make) throw new Error(`The kind of mischief is one of ${Object.keys(KINDS).join(', ')}.`);
    this.planned.push({ kind, mischief: make(options), left: Number(options['count'] ?? 1) });
  }

  public take(): { kind: string; mischief: Mischief } | undefined {
    const next = this.planned[0];
    if (!next) return undefined;
    next.left -= 1;
    if (next.left <= 0) this.planned.shift();
    return { kind: next.kind, mischief: next.mischief };
  }

  public list(): readonly { kind: string; left: number }[] {
    return this.planned.map(({ kind, left }) => ({ kind, left }));
  }

  public clear(): void {
    this.planned.length = 0;
  }
}
