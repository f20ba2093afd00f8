import { generateKeyPairSync, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface JwtKey {
  privateKeyFile: string;
  /** PEM, for the org's connected client. */
  publicKey: string;
}

/** The key that signs JWT bearer assertions of the CLI; made once, kept with the sandbox's data. */
export const jwtKey = (privateKeyFile: string): JwtKey => {
  if (!existsSync(privateKeyFile)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  const publicKey = createPublicKey(readFileSync(privateKeyFile)).export({ type: 'spki', format: 'pem' }) as string;
  return { privateKeyFile, publicKey };
};
