import { CosellError } from '../ports/errors.js';

export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Name of the environment variable. */
  variable: string;
  /** Read it from stdin, as a script hands it over. */
  stdin: AsyncIterable<string | Uint8Array> | undefined;
  /** Asks the person; undefined when there is nobody to ask. */
  prompt: (() => Promise<string>) | undefined;
}

async function textOf(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return Buffer.concat(all).toString('utf8');
}

/**
 * A secret from stdin where that is asked for, else from the environment, else from the person. It is no flag: command lines are
 * seen by every user of the machine and kept in histories.
 * @throws CosellError `SECRET_NEEDED`
 */
export async function readSecret({ env, variable, stdin, prompt }: SecretSources): Promise<string> {
  const given = stdin === undefined ? env[variable] : await textOf(stdin);
  const secret = given?.trim() || (await prompt?.())?.trim();
  if (secret) return secret;
  throw new CosellError('SECRET_NEEDED', 'There is no secret to sign in with.', [
    `Put it into the environment variable ${variable}, or hand it over on stdin with --secret-stdin.`
  ]);
}
