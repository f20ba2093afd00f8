import { CosellError } from '../../ports/errors.js';

/** A stored sign-in to Partner Center, without its secret. */
export interface PartnerCenterConnection {
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

interface BusinessCentralCompany {
  name: string;
  system: 'business-central';
  /** Scheme and host of the service, or scheme, host, port and instance of a server of one's own. */
  baseUrl: string;
  companyId: string;
  /** Name of the company, unique in its environment. */
  company: string;
  /** Client id of the application, or name of the user. */
  user: string;
  /** ISO 8601 UTC. */
  signedInAt: string;
}

/** A company of an environment in Microsoft's cloud, without the secret of the application. */
export interface BusinessCentralOnline extends BusinessCentralCompany {
  kind: 'online';
  environment: string;
  tenantId: string;
  /** Scheme and host of the sign-in service; the secret is sent nowhere else. */
  authority: string;
  proof: 'secret' | 'certificate';
}

/** A company of an on-premises server, without the web-service access key of the user. */
export interface BusinessCentralOnPremises extends BusinessCentralCompany {
  kind: 'onPremises';
}

export type BusinessCentralConnection = BusinessCentralOnline | BusinessCentralOnPremises;

/** A stored sign-in, without its secret. */
export type Connection = PartnerCenterConnection | BusinessCentralConnection;

export type ConnectedSystem = Connection['system'];

/** What `connection add` calls the one of a system unless told otherwise; it stands out when there are several. */
export const DEFAULT_NAMES: Readonly<Record<ConnectedSystem, string>> = {
  'partner-center': 'default',
  'business-central': 'business-central'
};

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
 * Sign-ins that people made on this machine, and the secrets behind them: refresh tokens, client secrets, certificates and keys.
 * A secret comes out only to sign in; nothing lists it.
 */
export interface ConnectionStore {
  /** By name. */
  list(): Promise<readonly Connection[]>;
  /** The secret; undefined when there is no such connection. */
  secret(name: string): Promise<string | undefined>;
  /** Adds a connection or replaces the one of the same name. */
  put(connection: Connection, secret: string): Promise<void>;
  /** Keeps a newer secret; nothing happens when the connection was removed in the meantime. */
  renew(name: string, secret: string): Promise<void>;
  /** `false` when there was none. */
  remove(name: string): Promise<boolean>;
  /** Runs `work` while no other process on this machine does. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** In-memory twin. */
export class MemoryConnections implements ConnectionStore {
  private readonly kept = new Map<string, { connection: Connection; secret: string }>();
  private last: Promise<unknown> = Promise.resolve();

  public list(): Promise<readonly Connection[]> {
    return Promise.resolve([...this.kept.values()].map(({ connection }) => connection).sort(byName));
  }

  public secret(name: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(name)?.secret);
  }

  public put(connection: Connection, secret: string): Promise<void> {
    this.kept.set(connection.name, { connection, secret });
    return Promise.resolve();
  }

  public renew(name: string, secret: string): Promise<void> {
    const known = this.kept.get(name);
    if (known) known.secret = secret;
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
