import { relative } from 'node:path';
import { detach, stop, stopOrphan } from './background.js';
import { DataFolder } from './data-folder.js';
import { runningEndpoints, type Endpoints } from './endpoints.js';
import { SandboxError } from './errors.js';
import { parseOptions, usage, type WorldOptions } from './options.js';
import { terminalStages } from './stages.js';
import { startWorld } from './start-world.js';

const say = (text: string): void => {
  process.stdout.write(text);
};

const here = (path: string): string => relative(process.cwd(), path) || '.';

/** What a person does next, printed once everything answers. */
export const welcome = (endpoints: Endpoints): string => {
  const { recordPage, partnerCenter, businessCentral, salesforce, service, cli } = endpoints;
  const rows = [
    ['Opportunity to open', recordPage.opportunityUrl],
    ['All opportunities', recordPage.listUrl],
    ['Partner Center inbox', partnerCenter.inboxUrl],
    ['Business Central', businessCentral.pagesUrl],
    ...(service ? [['Sync service', `${service.healthUrl}   log: ${here(service.logFile)}`]] : [])
  ];
  const login = [
    `sf org login jwt --username ${salesforce.users[0]?.username ?? ''} --client-id ${salesforce.clientId}`,
    `--jwt-key-file ${here(salesforce.privateKeyFile)} --instance-url ${salesforce.url} --alias cosell-sandbox`
  ];
  return [
    '',
    `Ready in ${endpoints.startSeconds.toFixed(1)} s.`,
    '',
    ...rows.map(([name, value]) => `  ${(name ?? '').padEnd(22)}${value ?? ''}`),
    '',
    '  Try it: open the opportunity, choose how Microsoft can help, add a solution, flip "Sync with Partner Center".',
    '  Or send a deal or a lead from Microsoft in the inbox: seconds later it waits here for an answer.',
    '',
    '  Sign the real sf CLI in to this sandbox:',
    `    ${login[0] ?? ''} \\`,
    `      ${login[1] ?? ''}`,
    `  For sf cosell sync:  source ${here(cli.settingsFile.replace(/cosell\.yaml$/, 'env.sh'))}`,
    '',
    ''
  ].join('\n');
};

const untilStopped = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });

const runHere = async (options: WorldOptions, root: string): Promise<void> => {
  const running = runningEndpoints(options.dataDir);
  if (running) {
    throw new SandboxError(
      'ALREADY_RUNNING',
      `A sandbox already runs in ${options.dataDir} (process ${running.pid}).`,
      `Open ${running.recordPage.opportunityUrl}, or stop it with npm run sandbox -- --stop.`
    );
  }
  await stopOrphan(options.dataDir);
  say('Starting the co-sell sandbox\n\n');
  const stages = terminalStages(say, () => performance.now());
  const stopped = untilStopped();
  const world = await startWorld(options, root, stages, (line) => say(`${line}\n`));
  say(`${welcome(world.endpoints)}  Ctrl-C stops everything.\n`);
  await stopped;
  say('\nStopping …\n');
  await world.close();
  say('Stopped. The data is kept; npm run sandbox:reset deletes it.\n');
};

const commands: Record<
  WorldOptions['mode'],
  (options: WorldOptions, root: string, args: readonly string[]) => Promise<void>
> = {
  run: (options, root) => runHere(options, root),
  detach: async (options, root, args) => {
    const running = runningEndpoints(options.dataDir);
    say(welcome(running ?? (await detach(args, root, options.dataDir))));
    say(running ? '  It was running already.\n' : '  Runs in the background; npm run sandbox -- --stop stops it.\n');
  },
  stop: async (options) => {
    const pid = await stop(options.dataDir);
    say(`Stopped the sandbox (process ${pid}).\n`);
  },
  reset: async (options) => {
    if (runningEndpoints(options.dataDir)) await stop(options.dataDir);
    DataFolder.remove(options.dataDir);
    say(`Deleted ${here(options.dataDir)}. npm start makes a new one.\n`);
  },
  status: (options) => {
    const running = runningEndpoints(options.dataDir);
    if (!running) throw new SandboxError('NOT_RUNNING', 'The sandbox does not run.', 'Start it with npm start.');
    say(welcome(running));
    return Promise.resolve();
  }
};

/** The sandbox's command line. Returns the exit code; `root` is the package's folder. */
export const main = async (args: readonly string[], root: string): Promise<number> => {
  try {
    const options = parseOptions(args, process.env, root);
    if (options.help) say(usage);
    else await commands[options.mode](options, root, args);
    return 0;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    process.stderr.write(`\n${error.message}\n${error.nextStep}\n`);
    return 1;
  }
};
