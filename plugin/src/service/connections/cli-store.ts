import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConfigFile } from '@salesforce/core';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';
import type { Connection, ConnectionStore } from './connection.js';
import { byName } from './connection.js';
import { exclusively } from './exclusive.js';

/** Beside the CLI's own state. */
const FOLDER = '.sf';
const FILE = 'cosell-connections.json';

/** Under which name a secret is kept; both are encrypted. */
const secretName = ({ system }: Pick<Connection, 'system'>): 'refreshToken' | 'secret' =>
  system === 'partner-center' ? 'refreshToken' : 'secret';

type Members = Omit<Connection, 'name'> & { refreshToken?: string; secret?: string };

function connectionOf(name: string, { refreshToken: _token, secret: _secret, ...members }: Members): Connection {
  return { name, ...members } as Connection;
}

const secretOf = (members: Members | null | undefined): string | undefined => members?.[secretName(members)];

/** The CLI encrypts with a key that it keeps in the keychain of the system, or in a file of the user where there is none. */
async function openFile(): Promise<ConfigFile> {
  const { ConfigFile: Base } = await import('@salesforce/core');
  class ConnectionsFile extends Base {
    protected static override encryptedKeys = [/^(refreshToken|secret)$/];
  }
  try {
    return (await ConnectionsFile.create({
      isGlobal: true,
      isState: true,
      stateFolder: FOLDER,
      filename: FILE
    })) as unknown as ConfigFile;
  } catch (cause) {
    throw unusable(cause);
  }
}

/** The cause's own message may name paths and commands of the keychain; it stays in the cause. */
const unusable = (cause: unknown): CosellError =>
  new CosellError(
    'CONNECTIONS_UNUSABLE',
    'The stored connections cannot be read or written.',
    [
      'Check that the keychain of this user is open. Without one, set SF_USE_GENERIC_UNIX_KEYCHAIN=true and add the connection again.'
    ],
    { cause }
  );

/** Connections in the encrypted store of the sf CLI: the file is the user's only, the secrets in it encrypted. */
export function cliConnections(clock: Clock): ConnectionStore {
  const folder = join(homedir(), FOLDER);
  const path = join(folder, FILE);
  /** Without the file there is nothing to decrypt, and loading the CLI's library takes half a second. */
  const read = async <T>(empty: T, work: (file: ConfigFile) => T): Promise<T> => {
    if (!existsSync(path)) return empty;
    const file = await openFile();
    try {
      return work(file);
    } catch (error) {
      throw unusable(error);
    }
  };
  const change = async <T>(work: (file: ConfigFile) => T): Promise<T> => {
    const file = await openFile();
    const result = work(file);
    try {
      await file.write();
      await chmod(path, 0o600);
    } catch (error) {
      throw unusable(error);
    }
    return result;
  };
  const store = (file: ConfigFile, name: string, members: Members): void =>
    file.set(name, { ...members } satisfies JsonObject);
  return {
    list: () =>
      read<readonly Connection[]>([], (file) =>
        file
          .entries()
          .map(([name, members]) => connectionOf(name, members as unknown as Members))
          .sort(byName)
      ),
    secret: (name) =>
      read<string | undefined>(undefined, (file) => secretOf(file.get(name, true) as Members | null | undefined)),
    put: ({ name, ...members }, secret) =>
      change((file) => store(file, name, { ...members, [secretName(members)]: secret })),
    renew: (name, secret) =>
      change((file) => {
        const known = file.get(name) as Members | null | undefined;
        if (known) store(file, name, { ...known, [secretName(known)]: secret });
      }),
    remove: (name) => change((file) => file.unset(name)),
    exclusively: (work) => exclusively(join(folder, 'cosell-connections.lock'), clock, work)
  };
}
