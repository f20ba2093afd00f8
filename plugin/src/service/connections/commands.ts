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
import type { Connection, ConnectionStore } from './connection.js';
import { checkName, DEFAULT_NAME } from './connection.js';

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

export interface AddResult {
  connection: Connection;
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
 * Signs a person in, keeps the sign-in under a name and tries it.
 * @throws CosellError `CONNECTION_NAME_INVALID`, `SIGN_IN_INCOMPLETE`; ConnectorError when the sign-in fails
 */
export async function addConnection(input: AddInput): Promise<AddResult> {
  return withRoom(input, async (room) => {
    const { settings, clock, connections } = room;
    const name = checkName(input.name ?? DEFAULT_NAME);
    const { refreshToken, clientId, user, tenantId } = await signedIn(input, room);
    const connection: Connection = {
      name,
      system: 'partner-center',
      tenantId,
      clientId,
      authority: settings.partnerCenter.authority,
      user,
      signedInAt: new Date(clock.now()).toISOString()
    };
    const replaced = await connections.exclusively(async () => {
      const known = (await connections.list()).some((other) => other.name === name);
      await connections.put(connection, refreshToken);
      return known;
    });
    const check = await checkOf(room, input.env, { ...settings.partnerCenter, connection: name });
    return { connection, replaced, check };
  });
}

export async function listConnections(input: ConnectionInput): Promise<Connection[]> {
  return withRoom(input, async ({ connections }) => [...(await connections.list())]);
}

export interface TestResult extends CheckResult {
  /** Null when the sign-in came from the environment. */
  connection: Connection | null;
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
 * Forgets a stored connection on this machine. The consent in the tenant stays until an administrator takes it back.
 * @throws CosellError `CONNECTION_UNKNOWN`
 */
export async function removeConnection(input: ConnectionInput & { name: string }): Promise<{ name: string }> {
  const { name } = input;
  return withRoom(input, async ({ connections }) => {
    const removed = await connections.exclusively(() => connections.remove(name));
    if (removed) return { name };
    throw new CosellError('CONNECTION_UNKNOWN', `There is no connection ${name} on this machine.`, [
      'See the names with: sf cosell connection list'
    ]);
  });
}
