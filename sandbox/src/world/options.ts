import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SandboxError } from './errors.js';

/** Everything that listens, with its offset from the port base. */
export const portOffsets = {
  page: 0,
  salesforce: 10,
  salesforceControl: 11,
  salesforcePubSub: 12,
  partnerCenter: 20,
  partnerCenterControl: 21,
  businessCentral: 40,
  businessCentralControl: 41,
  service: 30,
  webhooks: 31
} as const;

export type PortName = keyof typeof portOffsets;
export type Ports = Record<PortName, number>;

export interface WorldOptions {
  mode: 'run' | 'detach' | 'stop' | 'reset' | 'status';
  /** Holds databases, keys, the isolated CLI home, logs and `endpoints.json`. */
  dataDir: string;
  /** 0 asks the operating system for a free port. */
  ports: Ports;
  /** Milliseconds between two looks of the sync service. */
  pollIntervalMs: number;
  /** Added to every answer of the stand-ins. */
  latencyMs: number;
  /** Leave the sync service out, to run `sf cosell sync` by hand. */
  service: boolean;
  help: boolean;
}

export const usage = `Usage: npm start -- [options]   or   npm run sandbox -- [options]

  --detach               start in the background, return when everything answers
  --stop                 stop what --detach started
  --status               say whether the sandbox runs, and where
  --reset                stop and delete all sandbox data
  --port-base N          first port of the range (default 7400; 0 picks free ports)
  --<name>-port N        one port: page, salesforce, salesforce-control, salesforce-pub-sub,
                         partner-center, partner-center-control, business-central,
                         business-central-control, service, webhooks
  --data-dir FOLDER      where data is kept (default .sandbox)
  --poll-interval MS     how often the sync service looks (default 500)
  --latency MS           delay of every stand-in answer (default 0)
  --no-service           do not start the sync service

Each option can also come from the environment: COSELL_SANDBOX_PORT_BASE, COSELL_SANDBOX_PAGE_PORT, COSELL_SANDBOX_DATA_DIR, …
`;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const portNames = Object.keys(portOffsets) as PortName[];

const wholeNumber = (text: string, name: string, max: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new SandboxError(
      'BAD_OPTION',
      `${name} must be a whole number from 0 to ${max}, not "${text}".`,
      'Correct the option and start again.'
    );
  }
  return value;
};

const readFlags = (args: readonly string[]): Record<string, string | boolean | undefined> => {
  const strings = [
    'port-base',
    'data-dir',
    'poll-interval',
    'latency',
    ...portNames.map((name) => `${kebab(name)}-port`)
  ];
  const booleans = ['detach', 'stop', 'status', 'reset', 'no-service', 'help'];
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries([
        ...strings.map((name) => [name, { type: 'string' as const }]),
        ...booleans.map((name) => [name, { type: 'boolean' as const }])
      ]) as Record<string, { type: 'string' | 'boolean' }>
    }).values as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw new SandboxError('BAD_OPTION', (error as Error).message, 'See npm run sandbox -- --help.');
  }
};

const modeOf = (flags: Record<string, string | boolean | undefined>): WorldOptions['mode'] => {
  const chosen = (['detach', 'stop', 'status', 'reset'] as const).filter((mode) => flags[mode] === true);
  if (chosen.length > 1) {
    throw new SandboxError('BAD_OPTION', `--${chosen.join(' and --')} exclude each other.`, 'Give one of them.');
  }
  return chosen[0] ?? 'run';
};

/** Command line first, then `COSELL_SANDBOX_*`, then the default. Throws `SandboxError` BAD_OPTION. */
export const parseOptions = (args: readonly string[], env: NodeJS.ProcessEnv, root: string): WorldOptions => {
  const flags = readFlags(args);
  const setting = (name: string): string | undefined => {
    const flag = flags[name];
    return typeof flag === 'string' ? flag : env[`COSELL_SANDBOX_${name.replaceAll('-', '_').toUpperCase()}`];
  };
  const base = wholeNumber(setting('port-base') ?? '7400', '--port-base', 65_000);
  const port = (name: PortName): number => {
    const own = setting(`${kebab(name)}-port`);
    if (own !== undefined) return wholeNumber(own, `--${kebab(name)}-port`, 65_535);
    return base === 0 ? 0 : base + portOffsets[name];
  };
  return {
    mode: modeOf(flags),
    dataDir: resolve(root, setting('data-dir') ?? '.sandbox'),
    ports: Object.fromEntries(portNames.map((name) => [name, port(name)])) as Ports,
    pollIntervalMs: wholeNumber(setting('poll-interval') ?? '500', '--poll-interval', 3_600_000),
    latencyMs: wholeNumber(setting('latency') ?? '0', '--latency', 60_000),
    service: flags['no-service'] !== true,
    help: flags.help === true
  };
};
