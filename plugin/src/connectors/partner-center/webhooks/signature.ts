import type { KeyObject } from 'node:crypto';
import { verify } from 'node:crypto';
import { WebhookRefusal } from './refusal.js';

export type WebhookHeaders = Readonly<Record<string, string | undefined>>;

/** Weaker ones are refused whatever the header says. */
const HASHES: Readonly<Record<string, string>> = {
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512'
};

/** RSA with 4,096 bits gives 512 bytes; anything longer is no signature. */
const MAX_SIGNATURE = 1_024;

export interface SignedBy {
  signature: Buffer;
  certificateUrl: string;
  hash: string;
}

/**
 * What the headers say about the signature. It comes in `Authorization` or, where the registration asks for it, in
 * `x-ms-signature` (Partner Center: webhooks, "Event authentication"). Missing signature: 401; missing certificate or
 * algorithm: 400.
 */
export function signedBy(headers: WebhookHeaders): SignedBy {
  const header = headers['x-ms-signature'] ?? headers['authorization'];
  const encoded = /^Signature\s+([A-Za-z0-9+/]+={0,2})$/i.exec(header?.trim() ?? '')?.[1];
  if (encoded === undefined || encoded.length > MAX_SIGNATURE) throw new WebhookRefusal(401, 'SIGNATURE_MISSING');
  const certificateUrl = headers['x-ms-certificate-url'];
  const algorithm = headers['x-ms-signature-algorithm'];
  if (certificateUrl === undefined) throw new WebhookRefusal(400, 'CERTIFICATE_MISSING');
  if (algorithm === undefined) throw new WebhookRefusal(400, 'ALGORITHM_MISSING');
  const hash = HASHES[algorithm.trim().toLowerCase()];
  if (hash === undefined) throw new WebhookRefusal(400, 'ALGORITHM_UNKNOWN');
  return { signature: Buffer.from(encoded, 'base64'), certificateUrl, hash };
}

/** RSA (PKCS#1 v1.5) over the bytes as they came: parsed and written again they would differ. */
export function checkSignature(bytes: Buffer, { signature, hash }: SignedBy, key: KeyObject): void {
  if (key.asymmetricKeyType !== 'rsa') throw new WebhookRefusal(401, 'CERTIFICATE_NOT_RSA');
  if (!verify(hash, bytes, key, signature)) throw new WebhookRefusal(401, 'SIGNATURE_WRONG');
}
