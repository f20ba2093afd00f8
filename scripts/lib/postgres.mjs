// @ts-check
/**
 * A private PostgreSQL for tests, the crash test and the bench: the system's binaries, a loopback port, a folder of its
 * own under the temp folder. Data safety is switched off, as the data is thrown away.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const READY_MS = 30_000;
const USER = 'cosell';

const isRoot = () => process.getuid?.() === 0;

/** The folder that has both `initdb` and `postgres`; the newest version first. */
function findBinaries() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((v) => join(DEBIAN, v, 'bin'))];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

function binaries() {
  const found = findBinaries();
  if (found !== undefined) return found;
  if (isRoot()) {
    const quiet = {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: /** @type {const} */ ('ignore')
    };
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], quiet);
  }
  const installed = findBinaries();
  if (installed !== undefined) return installed;
  throw new Error(
    'PostgreSQL is not installed, and the tests on it cannot run. ' +
      'Install it (Debian: apt-get install postgresql; macOS: brew install postgresql@15) or put the folder of initdb and postgres on the PATH.'
  );
}

/** PostgreSQL refuses to run as root: its own user takes over, or nobody. */
function unprivileged() {
  if (!isRoot()) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((text) => text.split(':'))
    .sort((a, b) => Number(b[0] === 'postgres') - Number(a[0] === 'postgres'))
    .find(([name]) => name === 'postgres' || name === 'nobody');
  if (line === undefined) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody.');
  return { uid: Number(line[2]), gid: Number(line[3]) };
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/** @param {string} url @param {string} log */
async function untilReady(url, log) {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > deadline)
        throw new Error(`PostgreSQL did not start: ${readFileSync(log, 'utf8').slice(-2_000)}`, { cause: error });
      await sleep(25);
    }
  }
}

/**
 * Ends with its caller: it reads standard input, which closes when the caller ends, however that happens; then it stops
 * the server at once and removes the folder.
 */
const KEEPER = 'folder=$1; shift; "$@" & pid=$!; read -r _; kill -QUIT $pid; wait $pid; rm -rf "$folder"';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '64MB',
  max_connections: '100',
  max_wal_size: '2GB'
};

/**
 * @typedef {object} Postgres
 * @property {string} url address of the maintenance database, user and password included
 * @property {number} port
 * @property {(name?: string) => Promise<string>} database makes an empty database and returns its address
 * @property {() => Promise<void>} stop ends the server and removes its data; repeatable
 */

/**
 * Makes the data folder.
 * @param {string} bin @param {{ uid: number, gid: number } | undefined} user
 */
function initialize(bin, user) {
  const folder = mkdtempSync(join(tmpdir(), 'cosell-postgres-'));
  const password = randomBytes(12).toString('hex');
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  const log = join(folder, 'log');
  writeFileSync(secret, password, { mode: 0o600 });
  writeFileSync(log, '');
  if (user) for (const path of [folder, secret, log]) chownSync(path, user.uid, user.gid);
  const options = ['-D', data, '--no-sync', '-U', USER, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8'];
  const made = spawnSync(join(bin, 'initdb'), [...options, '--locale=C'], { ...user, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its data folder: ${made.stderr || made.error?.message}`);
  }
  return { folder, data, log, password };
}

/**
 * Starts the server under its keeper and returns what stops both.
 * @param {string[]} command @param {string} folder @param {string} log @param {{ uid: number, gid: number } | undefined} user
 */
function keep(command, folder, log, user) {
  const script = `{ ${KEEPER}; } >>"$0" 2>&1`;
  const keeper = spawn('sh', ['-c', script, log, folder, ...command], {
    ...user,
    cwd: folder,
    // A group of its own: Ctrl-C in a terminal must not end the keeper before the server.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore']
  });
  const ended = new Promise((resolve) => keeper.once('exit', resolve));
  // Neither the keeper nor its pipe keeps a finished test run waiting.
  keeper.unref();
  /** @type {import('node:net').Socket} */ (/** @type {unknown} */ (keeper.stdin)).unref();
  return async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
}

/**
 * Starts a private server. It stops with `stop()`, and by itself when this process ends, even by SIGKILL.
 * @param {Readonly<Record<string, string>>} [settings] further server settings, for example `{ fsync: 'on' }` for a bench
 * @returns {Promise<Postgres>}
 */
export async function startPostgres(settings = {}) {
  const bin = binaries();
  const user = unprivileged();
  const { folder, data, log, password } = initialize(bin, user);
  const port = await freePort();
  const given = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [join(bin, 'postgres'), '-D', data, '-p', String(port), '-k', folder, ...given];
  const stop = keep(command, folder, log, user);
  const address = (/** @type {string} */ database) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  const url = address('postgres');
  await untilReady(url, log).catch(async (error) => {
    await stop();
    throw error;
  });
  let count = 0;
  const database = async (name = `cosell_${(count += 1)}`) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE DATABASE "${name.replaceAll('"', '')}"`).finally(() => client.end());
    return address(name);
  };
  return { url, port, database, stop };
}
