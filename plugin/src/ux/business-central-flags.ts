import { readFile } from 'node:fs/promises';
import { CosellError } from '../ports/errors.js';
import type { AddBusinessCentralInput } from '../service/connections/index.js';
import { readSecret } from './secret.js';

/** Holds the client secret, or the web-service access key of an on-premises user. */
export const SECRET_VARIABLE = 'COSELL_BUSINESS_CENTRAL_SECRET';

export interface BusinessCentralFlags {
  'tenant-id'?: string | undefined;
  'client-id'?: string | undefined;
  'certificate-file'?: string | undefined;
  'secret-stdin'?: boolean | undefined;
  'base-url'?: string | undefined;
  username?: string | undefined;
}

async function pemOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CosellError(
      'CERTIFICATE_UNUSABLE',
      `The file ${file} cannot be read.`,
      ['Name a PEM file that is there.'],
      {
        cause
      }
    );
  }
}

/**
 * How the flags say to sign in; the secret comes from a file, stdin, the environment or the person.
 * @throws CosellError `CERTIFICATE_UNUSABLE`, `SECRET_NEEDED`
 */
export async function signInOf(
  flags: BusinessCentralFlags,
  prompt: (() => Promise<string>) | undefined
): Promise<AddBusinessCentralInput['signIn']> {
  const file = flags['certificate-file'];
  const stdin = flags['secret-stdin'] === true ? process.stdin : undefined;
  const secret =
    file === undefined
      ? await readSecret({ env: process.env, variable: SECRET_VARIABLE, stdin, prompt })
      : await pemOf(file);
  const { 'base-url': baseUrl, username: user } = flags;
  if (baseUrl !== undefined && user !== undefined) return { kind: 'onPremises', baseUrl, user, secret };
  const { 'tenant-id': tenantId, 'client-id': clientId } = flags;
  return {
    kind: 'online',
    proof: file === undefined ? 'secret' : 'certificate',
    secret,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(clientId === undefined ? {} : { clientId })
  };
}
