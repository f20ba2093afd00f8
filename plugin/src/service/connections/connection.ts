import { CosellError } from '../../ports/errors.js';

/** A stored sign-in to Partner Center, without its secret. */
export interface Connection {
  name: string;
  system: 'partner-center';
  tenantId: string;
  clientId: string;
  /** Scheme and host of the sign-in service that gave the refresh token; it is sent nowhere else. */
  authority: string;
  /** Sign-in name of the person whose rights the synchronization has. */
  user: string;
  /** ISO 8601 UTC. */
  signedInAt: string;
}

export const DEFAULT_NAME = 'default';

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** @throws CosellError `CONNECTION_NAME_INVALID` */
export function checkName(name: string): string {
  if (NAME.test(name)) return name;
  throw new CosellError(
    'CONNECTION_NAME_INVALID',
    'The name of a connection has small letters, digits and hyphens, at most 40.',
    ['Choose another name with --name.']
  );
}

/**
 * Sign-ins that people made on this machine, and the refresh tokens behind them. A token comes out only to be exchanged;
 * nothing lists it.
 */
export interface ConnectionStore {
  /** By name. */
  list(): Promise<readonly Connection[]>;
  /** The refresh token; undefined when there is no such connection. */
  secret(name: string): Promise<string | undefined>;
  /** Adds a connection or replaces the one of the same name. */
  put(connection: Connection, refreshToken: string): Promise<void>;
  /** Keeps a newer refresh token; nothing happens when the connection was removed in the meantime. */
  renew(name: string, refreshToken: string): Promise<void>;
  /** `false` when there was none. */
  remove(name: string): Promise<boolean>;
  /** Runs `work` while no other process on this machine does. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** In-memory twin. */
export class MemoryConnections implements ConnectionStore {
  private readonly kept = new Map<string, { connection: Connection; refreshToken: string }>();
  private last: Promise<unknown> = Promise.resolve();

  public list(): Promise<readonly Connection[]> {
    return Promise.resolve([...this.kept.values()].map(({ connection }) => connection).sort(byName));
  }

  public secret(name: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(name)?.refreshToken);
  }

  public put(connection: Connection, refreshToken: string): Promise<void> {
    this.kept.set(connection.name, { connection, refreshToken });
    return Promise.resolve();
  }

  public renew(name: string, refreshToken: string): Promise<void> {
    const known = this.kept.get(name);
    if (known) known.refreshToken = refreshToken;
    return Promise.resolve();
  }

  public remove(name: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(name));
  }

  public exclusively<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }
}

export const byName = (first: Connection, second: Connection): number => first.name.localeCompare(second.name);
