/**
 * A worker in a process of its own: claims, holds each batch for a moment, completes. Every taking in hand and every
 * letting go is written to a witness file, one line per record: time, worker, key, `+` or `-`. Ends when all work is done.
 * Arguments: location, kind, mapping, owner, lease in milliseconds, witness file.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../plugin/src/ledger/index.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import type { Claim } from '../../plugin/src/queue/index.js';
import { openQueue } from '../../plugin/src/queue/index.js';

const [location = '', kind = '', mapping = '', owner = '', lease = '', witness = ''] = process.argv.slice(2);
const leaseMs = Number(lease);

const note = (claims: readonly Claim[], sign: '+' | '-'): void =>
  appendFileSync(witness, claims.map(({ key }) => `${Date.now()} ${owner} ${key} ${sign}\n`).join(''));

const database = await openDatabase(location);
const queue = await openQueue({ database, clock: systemClock, kind: kind as 'embedded' | 'fleet' });
for (;;) {
  const claims = await queue.claim(mapping, { owner, limit: 20, leaseMs });
  if (claims.length === 0) {
    const { ready, later, held } = await queue.depth(mapping);
    if (ready + later + held === 0) break;
    await sleep(20);
    continue;
  }
  note(claims, '+');
  await sleep(15);
  // Noted first: once completed, the record may be in other hands before the note is written.
  note(claims, '-');
  await queue.complete(mapping, owner, claims);
}
await queue.close();
await database.close();
