// @ts-check
/**
 * A process that writes to a ledger. Arguments: location, name, how many commits. Prints every acknowledged key on a line
 * of its own.
 */
import { writeSync } from 'node:fs';
import { openLedger } from '../../plugin/lib/ledger/index.js';

const [location = '', name = '', count = '0'] = process.argv.slice(2);
const at = '2026-01-05T09:00:00.000Z';
const ledger = await openLedger(location);
for (let index = 0; index < Number(count); index += 1) {
  const leftKey = `${name}-${index}`;
  await ledger.commit('m', [{ leftKey, intent: { kind: 'create', marker: leftKey, attempt: 1, startedAt: at } }]);
  const coupling = {
    leftKey,
    rightKey: `R-${leftKey}`,
    state: /** @type {const} */ ('active'),
    base: { name: leftKey },
    ...{ seenLeft: '', seenRight: '', leftAt: at, rightAt: at, createdAt: at, updatedAt: at }
  };
  const journal = [
    { runId: 'shared', rightKey: coupling.rightKey, kind: /** @type {const} */ ('created'), changes: [], at }
  ];
  await ledger.commit('m', [{ leftKey, coupling, intent: null, journal }]);
  await ledger.addCalls('salesforce', 0, 1);
  writeSync(1, `${leftKey}\n`);
}
await ledger.close();
