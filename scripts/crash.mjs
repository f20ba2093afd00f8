// @ts-check
/**
 * `npm run crash`: real processes between both stand-ins are killed while they work, answers get lost, people edit. Afterwards
 * every opportunity has exactly one referral, and nothing is left undone. Exit code 1 on any defect, with the seed that shows it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engines } from '../test/crash/lib/engines.mjs';
import { repeatOnce } from '../test/crash/lib/repetition.mjs';
import { prepareTemplate } from '../test/crash/lib/template.mjs';

const HELP = `npm run crash -- [options]
  --times N      repetitions per engine (20)
  --on LIST      engines: ${Object.keys(engines).join(',')} (all)
  --creates N    opportunities to be shared (600)
  --kills N      kill -9 per repetition (15)
  --freezes N    processes that stand still for longer than their lease, per repetition (2)
  --edits N      edits by people while it runs, at most (60)
  --seed N       seed of the first repetition; the next ones count up (1)
  --limit N      seconds that a repetition may take (180)
  --keep         keep the folders of repetitions with defects
  --json         one JSON document instead of lines`;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    on: { type: 'string', default: Object.keys(engines).join(',') },
    creates: { type: 'string', default: '600' },
    kills: { type: 'string', default: '15' },
    freezes: { type: 'string', default: '2' },
    edits: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '180' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
});

/** @param {string} text */
const say = (text) => {
  if (!values.json) process.stdout.write(`${text}\n`);
};

const numbers = { times: 0, creates: 0, kills: 0, freezes: 0, edits: 0, seed: 0, limit: 0 };
for (const name of /** @type {(keyof typeof numbers)[]} */ (Object.keys(numbers))) {
  numbers[name] = Number(values[name]);
  if (Number.isInteger(numbers[name]) && numbers[name] >= 0) continue;
  process.stderr.write(`--${name} takes a whole number, not ${values[name]}.\n`);
  process.exit(2);
}
const chosen = values.on.split(',');
const unknown = chosen.filter((name) => !(name in engines));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no engine ${unknown.join(', ')}.\n`);
  process.stdout.write(`${HELP}\n`);
  process.exit(values.help ? 0 : 2);
}

const { times, creates, kills, freezes, edits, seed: firstSeed, limit } = numbers;
const folder = mkdtempSync(join(tmpdir(), 'cosell-crash-'));
const rates = { unavailable: 0.05, dropAfter: 0.05 };
/** @type {(import('../test/crash/lib/repetition.mjs').Outcome & { engine: string })[]} */
const outcomes = [];
let kept = false;
let stopped = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => (stopped = true));

/** @param {string} name @param {import('../test/crash/lib/template.mjs').Template} template */
async function runOn(name, template) {
  const engine = await engines[name]();
  try {
    for (let time = 0; time < times && !stopped; time += 1) {
      const seed = firstSeed + time;
      const own = mkdtempSync(join(folder, `${name}-${seed}-`));
      const storage = await engine.storage(own);
      const stage = { folder: own, template, storage, latencyMs: 20, limitMs: limit * 1000 };
      const outcome = await repeatOnce({ ...stage, seed, kills, freezes, edits, rates });
      outcomes.push({ engine: name, ...outcome });
      const { referrals, duplicates, undone, defects, seconds } = outcome;
      say(
        `${defects.length === 0 ? '✔' : '✖'} ${name.padEnd(8)} seed ${String(seed).padEnd(5)} ${referrals} referrals, ${duplicates} duplicates, ` +
          `${undone} undone, ${outcome.kills} kills, ${outcome.freezes} freezes, ${outcome.edits} edits, ${seconds.toFixed(1)} s`
      );
      for (const defect of defects) say(`    ${defect}`);
      if (defects.length > 0 && values.keep) kept = true;
      else rmSync(own, { recursive: true, force: true });
    }
  } finally {
    await engine.stop();
  }
}

try {
  say(`Preparing an org with ${creates} opportunities to be shared …`);
  const template = await prepareTemplate(join(folder, 'template'), creates);
  for (const name of chosen) if (!stopped) await runOn(name, template);
} finally {
  if (kept) say(`Kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}

const broken = outcomes.filter(({ defects }) => defects.length > 0);
const sum = (/** @type {'kills' | 'duplicates' | 'undone'} */ what) =>
  outcomes.reduce((total, outcome) => total + outcome[what], 0);
if (values.json) process.stdout.write(`${JSON.stringify({ creates, rates, outcomes }, null, 2)}\n`);
say(
  `${outcomes.length} repetitions on ${chosen.join(', ')}: ${creates} creates and ${sum('kills')} kill -9 in all, ` +
    `${sum('duplicates')} duplicates, ${sum('undone')} undone, ${broken.length} with defects`
);
for (const { engine, seed } of broken)
  say(`    again: npm run crash -- --on ${engine} --seed ${seed} --times 1 --creates ${creates} --kills ${kills}`);
process.exitCode = broken.length === 0 && outcomes.length > 0 ? 0 : 1;
