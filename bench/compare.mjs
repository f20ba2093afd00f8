// @ts-check
/**
 * Side by side with what people use instead: the same deals in the same stand-ins, columns alternating, medians of three rounds.
 * `npm run bench [-- --quick] [--records 1000] [--rounds 3] [--n8n FOLDER] [--only share,killed,warm,toggle,ledger]`. Figures are
 * reported, never asserted: a table on standard output and everything in bench/results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/lib/run.mjs';
import { columnsFor } from './lib/columns.mjs';
import { ledgerLoad, toggleWaits } from './lib/other-benches.mjs';
import { killed, makeTemplate, removeTemplate, share } from './lib/scenarios.mjs';
import { medians, tableOf } from './lib/table.mjs';
import { warmService } from './lib/warm.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    records: { type: 'string' },
    rounds: { type: 'string' },
    n8n: { type: 'string' },
    only: { type: 'string', default: 'share,killed,warm,toggle,ledger' }
  }
});
const records = Number(values.records ?? (values.quick ? 100 : 1000));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const parts = new Set(values.only.split(','));
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

const columns = await columnsFor(values.n8n);
const [ours] = columns;
if (ours === undefined) throw new Error('There is nothing to measure.');

/** @type {Record<string, Record<string, import('./lib/scenarios.mjs').Figures[]>>} scenario → column → rounds */
const figures = {};
/** @param {string} scenario @param {import('./lib/columns.mjs').Column} column @param {() => Promise<any>} work */
const note = async (scenario, column, work) => {
  const result = await work();
  ((figures[scenario] ??= {})[column.name] ??= []).push(result);
  say(`${scenario}, ${column.name}: ${JSON.stringify(result)}`);
};

say(`Making an org with ${2 * records} deals …`);
const template = await makeTemplate(records, ours);
const results = { records, rounds, node: process.version, cpus: cpus().length, at: new Date().toISOString() };
/** @type {Record<string, any>} */
const extra = {};
try {
  for (let round = 1; parts.has('share') && round <= rounds; round += 1) {
    for (const column of columns)
      await note('0 ms', column, () => share(template, column, { latencyMs: 0, further: true }));
    for (const column of columns)
      await note('50 ms', column, () => share(template, column, { latencyMs: 50, further: column === ours }));
    await note('help, 0 ms', ours, () => share(template, ours, { latencyMs: 0, help: true, further: false }));
  }
  for (const column of parts.has('killed') ? columns : []) await note('killed', column, () => killed(template, column));
  if (parts.has('warm')) extra['warm'] = await warmService(template);
} finally {
  removeTemplate(template);
}
if (parts.has('toggle')) extra['toggle'] = await toggleWaits(values.quick ? 5 : 40);
if (parts.has('ledger')) extra['ledger'] = await ledgerLoad(values.quick ? 20_000 : 1_000_000);

const middle = medians(figures);
const folder = join(root, 'bench/results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `compare-${results.at.replaceAll(/[:.]/g, '-')}.json`);
writeFileSync(file, `${JSON.stringify({ ...results, medians: middle, ...extra, figures }, null, 2)}\n`);
process.stdout.write(
  `${tableOf(
    middle,
    columns.map(({ name }) => name),
    extra,
    results
  )}\nAll figures: ${file}\n`
);
