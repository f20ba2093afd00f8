// Plays many seeds of the simulator over several cores, or one seed with its trace.
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { typescript } from './lib/typescript.mjs';

const usage = `Plays seeds of the simulator (test/simulator) and says which promises were broken.

  npm run simulate -- [--seeds 2000] [--from 1] [--profile everything] [--workers 2] [--json]
  npm run simulate -- --seed 4711 [--trace] [--profile everything]

Exit code 1 when a seed fails.`;

const options = {
  seeds: { type: 'string', default: '2000' },
  from: { type: 'string', default: '1' },
  seed: { type: 'string' },
  profile: { type: 'string', default: 'everything' },
  workers: { type: 'string', default: '2' },
  trace: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false }
};

async function worker({ from, to, step, profile }) {
  const { load, close } = await typescript();
  const { playPart } = await load('test/simulator/cli-worker.ts');
  const totals = await playPart({ from, to, step }, profile, (part) => parentPort.postMessage({ part }));
  await close();
  parentPort.postMessage({ part: totals, done: true });
}

function share(range, index, onPart) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(fileURLToPath(import.meta.url), {
      workerData: { ...range, from: range.from + index },
      argv: []
    });
    thread.on('message', ({ part, done }) => {
      onPart(index, part);
      if (done) resolve();
    });
    thread.on('error', reject);
    thread.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with code ${code}.`))));
  });
}

const sum = (parts, name) => parts.reduce((total, part) => total + part[name], 0);

async function playAll({ from, seeds, workers, profile, json }) {
  const started = Date.now();
  const parts = Array.from({ length: workers }, () => ({ seeds: 0, requests: 0, steps: 0, failing: [] }));
  const named = new Set();
  let shown = 0;
  const onPart = (index, part) => {
    parts[index] = part;
    for (const { seed, problems } of part.failing) {
      if (named.has(seed)) continue;
      named.add(seed);
      if (!json) console.log(`\nseed ${seed}: ${problems.map(({ promise, text }) => `${promise} ${text}`).join('; ')}`);
    }
    if (json || Date.now() - shown < 1000) return;
    shown = Date.now();
    const done = sum(parts, 'seeds');
    const rate = done / ((Date.now() - started) / 1000);
    process.stderr.write(`\r${done} of ${seeds} seeds, ${named.size} failing, ${rate.toFixed(1)} seeds/s `);
  };
  const range = { from, to: from + seeds - 1, step: workers, profile };
  await Promise.all(parts.map((_part, index) => share(range, index, onPart)));
  const seconds = (Date.now() - started) / 1000;
  const failing = parts.flatMap((part) => part.failing).sort((one, other) => one.seed - other.seed);
  const summary = {
    profile,
    from,
    seeds: sum(parts, 'seeds'),
    failing: failing.length,
    failingSeeds: failing.slice(0, 100).map(({ seed }) => seed),
    calls: sum(parts, 'requests'),
    steps: sum(parts, 'steps'),
    seconds: Math.round(seconds * 10) / 10,
    seedsPerSecond: Math.round((sum(parts, 'seeds') / seconds) * 10) / 10
  };
  process.stderr.write(json ? '' : '\n');
  console.log(JSON.stringify(summary, undefined, json ? undefined : 2));
  if (!json && failing[0])
    console.log(`See it: npm run simulate -- --seed ${failing[0].seed} --profile ${profile} --trace`);
  process.exitCode = failing.length > 0 ? 1 : 0;
}

async function playOne(seed, { profile, trace }) {
  const { load, close } = await typescript();
  const { explainSeed } = await load('test/simulator/cli-explain.ts');
  const report = await explainSeed(seed, profile, trace);
  console.log(report);
  await close();
  process.exitCode = report.includes(' breaks ') ? 1 : 0;
}

function wholeNumber(values, name) {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes a whole number above zero, not "${values[name]}".`);
}

async function main() {
  const { values } = parseArgs({ options });
  if (values.help) return console.log(usage);
  const { profile, trace, json } = values;
  if (values.seed !== undefined) return playOne(wholeNumber(values, 'seed'), { profile, trace });
  const [from, seeds, workers] = ['from', 'seeds', 'workers'].map((name) => wholeNumber(values, name));
  return playAll({ from, seeds, workers, profile, json });
}

if (isMainThread) {
  await main().catch((error) => {
    console.error(error instanceof TypeError || !(error instanceof Error) ? error : error.message);
    console.error('See npm run simulate -- --help');
    process.exitCode = 2;
  });
} else {
  await worker(workerData);
}
