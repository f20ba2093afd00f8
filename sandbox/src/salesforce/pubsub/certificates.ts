import { randomBytes, type webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as X509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export interface ServerCertificate {
  /** PEM of the authority that clients have to trust. */
  authority: string;
  /** Where the PEM is kept; absent for an org in memory. */
  authorityFile?: string;
  certificate: string;
  privateKey: string;
}

interface Authority {
  certificate: X509.X509Certificate;
  privateKey: webcrypto.CryptoKey;
}

/** The library's container of services asks for decorator metadata while it loads. */
async function library(): Promise<typeof X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

function validFor(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  // A day of grace for machines whose clocks differ.
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + days * DAY_MS) };
}

function pem(label: string, content: ArrayBuffer): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', key));
}

async function newAuthority(): Promise<Authority> {
  const x509 = await library();
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    name: 'CN=Salesforce stand-in authority',
    ...validFor(3650),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)
    ]
  });
  return { certificate, privateKey: keys.privateKey };
}

async function keptAuthority(folder: string): Promise<Authority> {
  const files = { certificate: join(folder, 'ca.pem'), key: join(folder, 'ca.key') };
  if (existsSync(files.certificate) && existsSync(files.key)) {
    const x509 = await library();
    const certificate = new x509.X509Certificate(readFileSync(files.certificate, 'utf8'));
    const [der] = x509.PemConverter.decode(readFileSync(files.key, 'utf8'));
    const privateKey = await crypto.subtle.importKey('pkcs8', der ?? new ArrayBuffer(0), algorithm, true, ['sign']);
    if (certificate.notAfter.getTime() > Date.now() + 30 * DAY_MS) return { certificate, privateKey };
  }
  const made = await newAuthority();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(files.key, await privateKeyPem(made.privateKey), { mode: 0o600 });
  writeFileSync(files.certificate, `${made.certificate.toString('pem')}\n`);
  return made;
}

/**
 * A server certificate for `localhost` and `127.0.0.1`, made anew at each start and signed by an authority of the org's own.
 * With a folder the authority is kept there (`ca.pem`, `ca.key`), so that what trusts it goes on doing so.
 */
export async function serverCertificate(folder: string | undefined): Promise<ServerCertificate> {
  const x509 = await library();
  const authority = await (folder === undefined ? newAuthority() : keptAuthority(folder));
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    subject: 'CN=localhost',
    issuer: authority.certificate.subject,
    ...validFor(397),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' }
      ])
    ]
  });
  return {
    authority: authority.certificate.toString('pem'),
    ...(folder === undefined ? {} : { authorityFile: join(folder, 'ca.pem') }),
    certificate: certificate.toString('pem'),
    privateKey: await privateKeyPem(keys.privateKey)
  };
}
