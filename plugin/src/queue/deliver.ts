import type { Kysely } from 'kysely';
import type PgBoss from 'pg-boss';
import { sql } from '../ledger/kysely.js';
import type { Tables } from '../ledger/schema.js';
import { through } from './boss.js';
import { hold, nextFences } from './holds.js';
import { sortedByKey } from './items.js';
import type { Jobs } from './jobs.js';
import { dbNow } from './jobs.js';
import type { Claim, ClaimRequest } from './port.js';
import { priorityOf, WEIGHT } from './weight.js';

export interface Delivery {
  /** The transaction of the claim. */
  db: Kysely<Tables>;
  boss: PgBoss;
  jobs: Jobs;
  mapping: string;
  name: string;
}

type Job = PgBoss.JobWithMetadata;

/** Fetched jobs whose record somebody else holds do not count; more are fetched, but not for ever. */
const ROUNDS = 5;

const byUrgencyAndAge = (one: Job, other: Job): number =>
  other.priority - one.priority ||
  one.createdOn.getTime() - other.createdOn.getTime() ||
  ((one.singletonKey ?? '') < (other.singletonKey ?? '') ? -1 : 1);

/** What pg-boss has due, in its order. It keeps failures to itself, which would look like an empty queue. */
async function fetch({ db, boss, name }: Delivery, batchSize: number): Promise<Job[]> {
  const failures: unknown[] = [];
  const hook = through(db, (error) => failures.push(error));
  const jobs = await boss.fetch<object>(name, { batchSize, includeMetadata: true, db: hook });
  if (failures.length > 0) throw failures[0];
  return jobs.sort(byUrgencyAndAge);
}

/** pg-boss gives the most urgent first, but cannot be told to leave the rest: so many are asked for as are urgent enough. */
async function fetchUrgent(delivery: Delivery, limit: number, weight: number): Promise<Job[]> {
  if (weight === WEIGHT[2]) return fetch(delivery, limit);
  const { db, jobs, name } = delivery;
  const count = await jobs.countReady(db, name, weight, limit);
  const fetched = count === 0 ? [] : await fetch(delivery, count);
  const others = fetched.filter((job) => job.priority < weight).map(({ id }) => id);
  if (others.length > 0) await jobs.putBack(db, name, others);
  return fetched.filter((job) => job.priority >= weight);
}

/** One job per record; the others of the same record are done with it. */
async function onePerRecord({ db, boss, name }: Delivery, fetched: readonly Job[]): Promise<Map<string, Job>> {
  const chosen = new Map<string, Job>();
  const spare: string[] = [];
  for (const job of fetched) {
    const key = job.singletonKey ?? '';
    const first = chosen.get(key);
    if (first === undefined) chosen.set(key, job);
    else {
      first.retryCount = Math.max(first.retryCount, job.retryCount);
      spare.push(job.id);
    }
  }
  if (spare.length > 0) await boss.deleteJob(name, spare, { db: through(db) });
  return chosen;
}

/** Takes the records in hand that are free, and lets the jobs of the others wait for their holder. */
async function takeInHand(delivery: Delivery, chosen: Map<string, Job>, request: ClaimRequest): Promise<Claim[]> {
  const { db, jobs, mapping, name } = delivery;
  const lease = Math.ceil(request.leaseMs);
  const fences = await nextFences(db, chosen.size);
  const wanted = [...chosen].map(([key, job], index): Claim => ({
    key,
    priority: priorityOf(job.priority),
    fence: fences + index,
    attempts: job.retryCount + 1
  }));
  const until = sql<number>`${dbNow} + ${lease}::bigint`;
  const held = new Set(await hold(db, mapping, sortedByKey(wanted), { owner: request.owner, now: dbNow, until }));
  const idOf = (key: string): string => (chosen.get(key) as Job).id;
  const others = [...chosen.keys()].filter((key) => !held.has(key));
  if (others.length > 0) await jobs.park(db, mapping, name, others.map(idOf));
  const claims = wanted.filter(({ key }) => held.has(key));
  if (claims.length === 0) return claims;
  const ids = claims.map(({ key }) => idOf(key));
  const byKey = new Map(claims.map((claim) => [claim.key, claim]));
  for (const { key, weight, attempts } of await jobs.absorb(db, name, [...held], ids)) {
    const claim = byKey.get(key);
    if (claim === undefined) continue;
    claim.attempts = Math.max(claim.attempts, attempts + 1);
    claim.priority = priorityOf(Math.max(WEIGHT[claim.priority], weight));
  }
  const taken = claims.map(({ key, fence, priority, attempts }) => ({
    id: idOf(key),
    fence,
    weight: WEIGHT[priority],
    died: attempts - 1
  }));
  await jobs.take(db, name, taken, lease);
  return claims;
}

/** Fetches and takes in hand up to the number asked for, in one transaction. */
export async function deliver(delivery: Delivery, request: ClaimRequest): Promise<Claim[]> {
  const claims: Claim[] = [];
  const weight = WEIGHT[request.leastUrgent ?? 2];
  for (let round = 0; round < ROUNDS && claims.length < request.limit; round += 1) {
    const asked = request.limit - claims.length;
    const fetched = await fetchUrgent(delivery, asked, weight);
    if (fetched.length > 0)
      claims.push(...(await takeInHand(delivery, await onePerRecord(delivery, fetched), request)));
    if (fetched.length < asked) break;
  }
  return claims;
}
