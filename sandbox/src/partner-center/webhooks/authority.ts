import { createPrivateKey, randomBytes, sign, type webcrypto } from 'node:crypto';
import type * as X509 from '@peculiar/x509';
import type { KeptValues } from '../store/database.js';

/** As the documented sample: a signature of 256 bytes is RSA with 2048 bits. */
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048
} as const;
const DAY_MS = 86_400_000;
const ORGANIZATION = 'O=Microsoft Corporation, C=US';

/** Certificates that a receiver must tell apart; all but the first have one thing wrong with them. */
export const CERTIFICATES = ['dispatch', 'expired', 'wrong-subject', 'untrusted'] as const;
export type CertificateName = (typeof CERTIFICATES)[number];

interface Material {
  rootPem: string;
  privateKeyPem: string;
  /** Base64 DER by name. */
  certificates: Record<CertificateName, string>;
}

/** The library's container of services asks for decorator metadata while it loads. */
async function library(): Promise<typeof X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const serialNumber = (): string => `01${randomBytes(15).toString('hex')}`;

async function newRoot(name: string): Promise<{ certificate: X509.X509Certificate; keys: webcrypto.CryptoKeyPair }> {
  const x509 = await library();
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}, ${ORGANIZATION}`,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)
    ]
  });
  return { certificate, keys };
}

async function newMaterial(): Promise<Material> {
  const x509 = await library();
  const [root, stranger, keys] = await Promise.all([
    newRoot('Partner Center stand-in authority'),
    newRoot('Partner Center stand-in authority'),
    newKeys()
  ]);
  const leaf = async (subject: string, issuer: typeof root, days: number): Promise<string> => {
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: `CN=${subject}, ${ORGANIZATION}`,
      issuer: issuer.certificate.subject,
      notBefore: new Date(Date.now() - 400 * DAY_MS),
      notAfter: new Date(Date.now() + days * DAY_MS),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)
      ]
    });
    return Buffer.from(certificate.rawData).toString('base64');
  };
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return {
    rootPem: root.certificate.toString('pem'),
    privateKeyPem: key.export({ format: 'pem', type: 'pkcs8' }) as string,
    certificates: {
      dispatch: await leaf(SUBJECT, root, 365),
      expired: await leaf(SUBJECT, root, -1),
      'wrong-subject': await leaf('somebody-else.example', root, 365),
      untrusted: await leaf(SUBJECT, stranger, 365)
    }
  };
}

/** RSA keys take their time: one set for a process, however many stand-ins it opens. */
let made: Promise<Material> | undefined;

/** Common name of the certificate that signs events, as in the address of the documented one. */
export const SUBJECT = 'pcnotifications-dispatch.microsoft.com';

/**
 * The stand-in's own test authority: what a receiver trusts instead of Microsoft's root. Made when it is first needed, and
 * kept with the data, so that a receiver goes on trusting it after a restart.
 */
export class WebhookAuthority {
  private material: Promise<Material> | undefined;

  public constructor(private readonly kept: KeptValues) {}

  /** PEM of the root that receivers have to trust. */
  public async rootPem(): Promise<string> {
    return (await this.open()).rootPem;
  }

  /** DER of a certificate, as the real `.cer` file. */
  public async certificate(name: string): Promise<Buffer | undefined> {
    const known = CERTIFICATES.find((candidate) => candidate === name);
    return known && Buffer.from((await this.open()).certificates[known], 'base64');
  }

  /** Base64 RSA-SHA256 (PKCS#1 v1.5) over the bytes. */
  public async sign(bytes: Buffer): Promise<string> {
    return sign('sha256', bytes, (await this.open()).privateKeyPem).toString('base64');
  }

  private open(): Promise<Material> {
    this.material ??= this.load();
    return this.material;
  }

  private async load(): Promise<Material> {
    const known = this.kept.get('webhook-authority', 'material') as Material | undefined;
    const material = known ?? (await (made ??= newMaterial()));
    if (!known) this.kept.set('webhook-authority', 'material', material);
    return material;
  }
}
