import type { DeviceCode, SignedIn } from '../../connectors/partner-center/index.js';
import { signInByDeviceCode, signInInBrowser } from '../../connectors/partner-center/index.js';
import type { ClosableHttp } from '../../connectors/http/index.js';
import { undiciHttp } from '../../connectors/http/index.js';
import type { Clock } from '../../ports/clock.js';
import { systemClock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { Random } from '../../ports/random.js';
import { systemRandom } from '../../ports/random.js';
import type { Environment, Settings } from '../settings.js';
import { loadSettings } from '../settings.js';
import { signIn } from '../sign-in.js';
import type { CheckResult } from './check.js';
import { checkSignIn } from './check.js';
import { cliConnections } from './cli-store.js';
import type { ConnectedSystem, Connection, ConnectionStore, PartnerCenterConnection } from './connection.js';
import { checkName, DEFAULT_NAMES } from './connection.js';

/** What every command about connections hands over; the rest only tests replace. */
export interface ConnectionInput {
  env: Environment;
  settingsFile?: string;
  clock?: Clock;
  random?: Random;
  http?: ClosableHttp;
  connections?: ConnectionStore;
}

export interface ConnectionRoom {
  settings: Settings;
  clock: Clock;
  random: Random;
  http: ClosableHttp;
  connections: ConnectionStore;
}

/** Opens what the commands need, does something with it, and closes it. */
export async function withRoom<T>(input: ConnectionInput, work: (room: ConnectionRoom) => Promise<T>): Promise<T> {
  const { env, settingsFile, clock = systemClock, random = systemRandom, http = undiciHttp() } = input;
  const settings = loadSettings(settingsFile, env);
  const { connections = cliConnections(clock) } = input;
  try {
    return await work({ settings, clock, random, http, connections });
  } finally {
    await http.close();
  }
}

export interface AddInput extends ConnectionInput {
  /** @default that of the settings */
  tenantId?: string;
  clientId?: string;
  /** @default `default` */
  name?: string;
  /** How the person signs in, and how the command shows the way. */
  by: { deviceCode: (code: DeviceCode) => void } | { browser: (url: string) => void | Promise<void> };
}

export interface AddResult<C extends Connection = PartnerCenterConnection> {
  connection: C;
  /** Whether a connection of the same name was replaced. */
  replaced: boolean;
  check: CheckResult;
}

function required(value: string | undefined, flag: string, setting: string): string {
  if (value !== undefined) return value;
  throw new CosellError('SIGN_IN_INCOMPLETE', `Signing in needs ${flag}.`, [
    `Add ${flag} to the command, or partnerCenter.${setting} to the settings.`
  ]);
}

async function signedIn(input: AddInput, room: ConnectionRoom): Promise<SignedIn & { clientId: string }> {
  const { partnerCenter } = room.settings;
  const tenant = required(input.tenantId ?? partnerCenter.tenantId, '--tenant-id', 'tenantId');
  const clientId = required(input.clientId ?? partnerCenter.clientId, '--client-id', 'clientId');
  const { http, clock, random } = room;
  const { audience, authority: endpoint } = partnerCenter;
  const msal = { clientId, tenant, http, clock, random, endpoint, ...(audience === undefined ? {} : { audience }) };
  const { by } = input;
  const person = await ('browser' in by ? signInInBrowser(msal, by.browser) : signInByDeviceCode(msal, by.deviceCode));
  return { ...person, clientId };
}

async function checkOf(
  room: ConnectionRoom,
  env: Environment,
  partnerCenter: Settings['partnerCenter']
): Promise<CheckResult> {
  const { clock, random, http, connections } = room;
  const { tokens } = await signIn(partnerCenter, { env, clock, random, http, connections });
  const { baseUrl, webhooksUrl, audience } = partnerCenter;
  const ports = { tokens, baseUrl, webhooksUrl, http, clock, random };
  return checkSignIn({ ...ports, ...(audience === undefined ? {} : { audience }) });
}

/**
 * Stores a connection.
 * @returns whether one of the same name was replaced
 * @throws CosellError `CONNECTION_NAME_TAKEN` when the name belongs to another system
 */
export function keep(connections: ConnectionStore, connection: Connection, secret: string): Promise<boolean> {
  const { name, system } = connection;
  return connections.exclusively(async () => {
    const known = (await connections.list()).find((other) => other.name === name);
    if (known !== undefined && known.system !== system) {
      throw new CosellError('CONNECTION_NAME_TAKEN', `The name ${name} belongs to a connection to ${known.system}.`, [
        'Choose another name with --name.'
      ]);
    }
    await connections.put(connection, secret);
    return known !== undefined;
  });
}

/**
 * Signs a person in, keeps the sign-in under a name and tries it.
 * @throws CosellError `CONNECTION_NAME_INVALID`, `SIGN_IN_INCOMPLETE`; ConnectorError when the sign-in fails
 */
export async function addConnection(input: AddInput): Promise<AddResult> {
  return withRoom(input, async (room) => {
    const { settings, clock, connections } = room;
    const name = checkName(input.name ?? DEFAULT_NAMES['partner-center']);
    const { refreshToken, clientId, user, tenantId } = await signedIn(input, room);
    const connection: PartnerCenterConnection = {
      name,
      system: 'partner-center',
      tenantId,
      clientId,
      authority: settings.partnerCenter.authority,
      user,
      signedInAt: new Date(clock.now()).toISOString()
    };
    const replaced = await keep(connections, connection, refreshToken);
    const check = await checkOf(room, input.env, { ...settings.partnerCenter, connection: name });
    return { connection, replaced, check };
  });
}

export async function listConnections(input: ConnectionInput): Promise<Connection[]> {
  return withRoom(input, async ({ connections }) => [...(await connections.list())]);
}

export interface TestResult<C extends Connection = PartnerCenterConnection> extends CheckResult {
  /** Null when the sign-in came from the environment. */
  connection: C | null;
}

/** Tries a stored connection, or without a name what the synchronization would sign in with. */
export async function testConnection(input: ConnectionInput & { name?: string }): Promise<TestResult> {
  return withRoom(input, async (room) => {
    const { name, env } = input;
    const { settings, clock, random, http, connections } = room;
    const partnerCenter = { ...settings.partnerCenter, ...(name === undefined ? {} : { connection: name }) };
    const { connection } = await signIn(partnerCenter, { env, clock, random, http, connections });
    return { connection: connection ?? null, ...(await checkOf(room, env, partnerCenter)) };
  });
}

/**
 * Forgets a stored connection on this machine. The consent in the tenant, or the card of the application in Business Central,
 * stays until an administrator takes it back.
 * @throws CosellError `CONNECTION_UNKNOWN`
 */
export async function removeConnection(
  input: ConnectionInput & { name: string; system?: ConnectedSystem }
): Promise<{ name: string }> {
  const { name, system = 'partner-center' } = input;
  return withRoom(input, async ({ connections }) => {
    const removed = await connections.exclusively(async () => {
      const found = (await connections.list()).find((connection) => connection.name === name);
      return found?.system === system && (await connections.remove(name));
    });
    if (removed) return { name };
    throw new CosellError('CONNECTION_UNKNOWN', `There is no connection ${name} to ${system} on this machine.`, [
      'See the names with: sf cosell connection list'
    ]);
  });
}
