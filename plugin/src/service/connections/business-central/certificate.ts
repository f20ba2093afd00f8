import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ClientCertificate } from '../../../connectors/entra/index.js';
import { CosellError } from '../../../ports/errors.js';

function unusable(message: string, cause?: unknown): CosellError {
  return new CosellError(
    'CERTIFICATE_UNUSABLE',
    message,
    [
      'Use a PEM file that holds the certificate and its RSA key without a password, and upload the certificate to the app registration.'
    ],
    { cause }
  );
}

function certificateIn(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw unusable('There is no certificate in the file.', cause);
  }
}

/**
 * Certificate and key of a PEM file that holds both.
 * @throws CosellError `CERTIFICATE_UNUSABLE` when one is missing, they do not belong together, or the key is no RSA key;
 * `CERTIFICATE_EXPIRED`
 */
export function readCertificate(pem: string, now: number): ClientCertificate {
  const certificate = certificateIn(pem);
  let key;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw unusable('There is no private key in the file that can be read.', cause);
  }
  if (key.asymmetricKeyType !== 'rsa') throw unusable('The private key is no RSA key.');
  if (!certificate.checkPrivateKey(key)) throw unusable('The private key does not belong to the certificate.');
  if (Date.parse(certificate.validTo) <= now) {
    throw new CosellError('CERTIFICATE_EXPIRED', `The certificate has expired on ${certificate.validTo}.`, [
      'Make a new certificate, upload it to the app registration, and add the connection again.'
    ]);
  }
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString()
  };
}
