import type { KeyObject } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import type { Clock } from '../../../ports/clock.js';
import type { FetchBytes } from '../../http/fetch-bytes.js';
import type { Trust } from './chain.js';
import { checkChain } from './chain.js';
import { WebhookRefusal } from './refusal.js';

/** A certificate of 4,096 bits takes 2 KB. */
const MAX_BYTES = 16_384;
const TIMEOUT_MS = 3_000;
/** A certificate that is withdrawn counts no longer than this. */
const KEPT_MS = 86_400_000;
/** What could not be fetched or trusted is not asked for again at once. */
const REFUSED_MS = 60_000;
/** Addresses kept, and files fetched in a minute: strangers must not make us call out without end. */
const MAX_KEPT = 16;
const FETCHES_PER_MINUTE = 10;

export interface CertificateOptions extends Trust {
  /** Hosts for https; an origin like `http://127.0.0.1:7420` only for this machine. */
  hosts: readonly string[];
}

interface Kept {
  key: Promise<KeyObject>;
  /** Milliseconds since the epoch; moved when the certificate is there. */
  until: { at: number };
}

/** The keys that events are signed with, fetched from the addresses that the events name. */
export class SigningCertificates {
  private readonly kept = new Map<string, Kept>();
  private fetches: number[] = [];

  public constructor(
    private readonly options: CertificateOptions,
    private readonly fetch: FetchBytes,
    private readonly clock: Clock
  ) {}

  /** @throws WebhookRefusal 401 for an address or certificate that is not trusted, 503 when it cannot be fetched now */
  public keyAt(address: string): Promise<KeyObject> {
    const url = this.allowed(address);
    const now = this.clock.now();
    const known = this.kept.get(url);
    if (known && known.until.at > now) return known.key;
    this.limit(now);
    const until = { at: now + REFUSED_MS };
    const entry: Kept = { key: this.load(url, until), until };
    entry.key.catch(() => undefined);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(url, entry);
    return entry.key;
  }

  private allowed(address: string): string {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const plain = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    const name = url?.protocol === 'https:' ? url.host : plain ? url.origin : undefined;
    if (url === undefined || name === undefined || !this.options.hosts.includes(name))
      throw new WebhookRefusal(401, 'CERTIFICATE_HOST_REFUSED');
    return url.origin + url.pathname;
  }

  private limit(now: number): void {
    this.fetches = this.fetches.filter((at) => now - at < 60_000);
    if (this.fetches.length >= FETCHES_PER_MINUTE) throw new WebhookRefusal(503, 'CERTIFICATE_TOO_MANY');
    this.fetches.push(now);
  }

  private async load(url: string, until: Kept['until']): Promise<KeyObject> {
    const certificate = parsed(
      await this.fetch(url, { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS }).catch((cause: unknown) => {
        // A server that is down for a moment must not cost a minute of events.
        until.at = 0;
        throw new WebhookRefusal(503, 'CERTIFICATE_UNREACHABLE', { cause });
      })
    );
    checkChain(certificate, this.options, this.clock.now());
    until.at = Math.min(this.clock.now() + KEPT_MS, Date.parse(certificate.validTo));
    return certificate.publicKey;
  }
}

/** DER or PEM. */
function parsed(bytes: Buffer): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (cause) {
    throw new WebhookRefusal(401, 'CERTIFICATE_UNREADABLE', { cause });
  }
}
