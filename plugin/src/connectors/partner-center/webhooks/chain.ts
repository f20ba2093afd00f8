import { X509Certificate } from 'node:crypto';
import { WebhookRefusal } from './refusal.js';

/** No chain of a public authority is longer. */
const MAX_DEPTH = 6;

/** All certificates of a PEM text. */
export function certificatesOf(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

const isValidAt = (certificate: X509Certificate, now: number): boolean =>
  Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);

const issued = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isRoot = (certificate: X509Certificate): boolean =>
  certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);

/** A member of a distinguished name; Node prints one per line. */
const member = (name: string, key: string): string[] =>
  name.split('\n').flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));

export interface Trust {
  /** Root and intermediate certificates; the chain has to end at a root among them. */
  authorities: readonly X509Certificate[];
  /** Common name or DNS name that the signing certificate must carry: authorities also issue for strangers. */
  subject: string;
  /** Organisation that the issuer must name. */
  issuerOrganization: string;
}

/** @throws WebhookRefusal 401 with what is wrong: validity, subject, issuer or chain */
export function checkChain(certificate: X509Certificate, trust: Trust, now: number): void {
  if (!isValidAt(certificate, now)) throw new WebhookRefusal(401, 'CERTIFICATE_EXPIRED');
  const named = member(certificate.subject, 'CN').includes(trust.subject);
  if (!named && certificate.checkHost(trust.subject) === undefined)
    throw new WebhookRefusal(401, 'CERTIFICATE_SUBJECT_WRONG');
  if (!member(certificate.issuer, 'O').includes(trust.issuerOrganization))
    throw new WebhookRefusal(401, 'CERTIFICATE_ISSUER_WRONG');
  let current = certificate;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const issuer = trust.authorities.find((authority) => issued(current, authority));
    if (issuer === undefined) break;
    if (!isValidAt(issuer, now)) throw new WebhookRefusal(401, 'CERTIFICATE_EXPIRED');
    if (isRoot(issuer)) return;
    current = issuer;
  }
  throw new WebhookRefusal(401, 'CERTIFICATE_UNTRUSTED');
}
