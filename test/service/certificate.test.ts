import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '../../plugin/src/service/connections/business-central/certificate.js';

const NOW = Date.parse('2026-01-05T09:00:00Z');
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048
};

async function pemOf(algorithm: object, notAfter: string): Promise<{ certificate: string; key: string }> {
  const keys = (await webcrypto.subtle.generateKey(algorithm as never, true, ['sign', 'verify'])) as never;
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: 'CN=sync',
      notBefore: new Date('2025-01-01'),
      notAfter: new Date(notAfter),
      keys,
      signingAlgorithm: algorithm as never
    },
    webcrypto as never
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', (keys as { privateKey: never }).privateKey));
  const lines = key.toString('base64').replace(/(.{64})/g, '$1\n');
  return {
    certificate: made.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`
  };
}

describe('the certificate of an application', () => {
  let good: { certificate: string; key: string };
  let other: { certificate: string; key: string };
  let elliptic: { certificate: string; key: string };
  beforeAll(async () => {
    [good, other, elliptic] = await Promise.all([
      pemOf(RSA, '2027-01-01'),
      pemOf(RSA, '2025-06-01'),
      pemOf({ name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, '2027-01-01')
    ]);
  });

  it('is read from a file with both, in any order', () => {
    const found = readCertificate(`${good.certificate}\n${good.key}`, NOW);
    expect(found.thumbprintSha256).toMatch(/^[0-9A-F]{64}$/);
    expect(found.privateKey).toContain('BEGIN PRIVATE KEY');
    expect(readCertificate(`${good.key}\n${good.certificate}`, NOW)).toEqual(found);
  });

  it('is refused when something is wrong with it', () => {
    const code = (pem: string): string => {
      try {
        readCertificate(pem, NOW);
        return 'accepted';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(good.key)).toBe('CERTIFICATE_UNUSABLE');
    expect(code(good.certificate)).toBe('CERTIFICATE_UNUSABLE');
    expect(code(`${good.certificate}\n${other.key}`)).toBe('CERTIFICATE_UNUSABLE');
    expect(code(`${elliptic.certificate}\n${elliptic.key}`)).toBe('CERTIFICATE_UNUSABLE');
    expect(code(`${other.certificate}\n${other.key}`)).toBe('CERTIFICATE_EXPIRED');
  });
});
