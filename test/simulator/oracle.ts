import { isEmpty, sameValue } from '../../plugin/src/mapping/compare.js';
import { toCanonical } from '../../plugin/src/mapping/convert.js';
import { canonicalText } from '../../plugin/src/mapping/scalars.js';
import type { CanonicalRecord, FieldRule } from '../../plugin/src/mapping/types.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import { referralOf } from './incoming.js';
import { disputed, judgeInbound, waitsForAnswer } from './oracle-inbound.js';
import type { Edit } from './people.js';
import type { SimWorld } from './world.js';

const text = (value: JsonValue | undefined): string => {
  const plain = typeof value === 'string' ? canonicalText(value) : value;
  return plain === null || plain === undefined ? '' : String(plain);
};

/** Whether the trail names a value as the one that lost, or that came too late. */
function named(world: SimWorld, key: string, value: string): boolean {
  for (const entry of world.org.trail.values()) {
    if (entry['Opportunity__c'] !== key) continue;
    if (entry['Outcome__c'] !== 'Conflict' && entry['Outcome__c'] !== 'Attention') continue;
    if (text(entry['Old_Value__c']) === value || text(entry['New_Value__c']) === value) return true;
  }
  return false;
}

/**
 * A record that somebody deleted took its trail with it and takes no new entry: then the ledger's journal names the value that
 * lost, which is where an operator finds it.
 */
async function journalled(world: SimWorld, key: string, value: string): Promise<boolean> {
  if (world.org.rows.get(key)?.deleted !== true) return false;
  for (const { id } of await world.ledger.runs(world.mapping.name, Number.MAX_SAFE_INTEGER)) {
    for (const { leftKey, kind, changes } of await world.ledger.journal(world.mapping.name, id)) {
      if (leftKey !== key || kind !== 'lost') continue;
      if (changes.some(({ oldValue }) => text(oldValue) === value)) return true;
    }
  }
  return false;
}

/** G1: at most one referral per marker, and one invitation per deal. */
function duplicates(world: SimWorld): void {
  for (const key of world.org.rows.keys()) {
    const own = world.referrals.of(key);
    if (own.length > 1) world.breaks('G1', `${key} has ${own.length} referrals`);
    for (const { id, document } of own) {
      const invited = world.referrals.invitedTo(document['engagementId']).length;
      if (invited > 1) world.breaks('G1', `Microsoft was invited ${invited} times to ${id}`);
    }
  }
}

/**
 * G2 and G3: the last value that somebody typed on a side is still there; or the trail or the journal names it; or it had reached the other
 * side, and somebody replaced it there.
 */
async function lostEdits(world: SimWorld): Promise<void> {
  const last = new Map<string, Edit>();
  for (const { key: at, ...edit } of world.people.edits) {
    // What was typed into a referral before it had a record belongs to the record that it has now.
    const key = world.referrals.recordOf(at);
    last.set(`${key} ${edit.side} ${edit.field}`, { ...edit, key });
  }
  for (const { key, side, field, value } of last.values()) {
    const row = world.org.rows.get(key);
    if (row === undefined) continue;
    const id = referralOf(world.referrals, row)?.id ?? '';
    const left = world.org.history.of(key, field);
    const right = world.referrals.history.of(id, field);
    const [own, other] = side === 'left' ? [left, right] : [right, left];
    const typed = text(value);
    if (text(own.at(-1)?.value) === typed || named(world, key, typed)) continue;
    const arrived = other.findIndex((version) => text(version.value) === typed);
    if (arrived >= 0 && other.slice(arrived).some(({ by }) => by === 'person')) continue;
    if (await journalled(world, key, typed)) continue;
    world.breaks('G2', `${field} of ${key}: ${JSON.stringify(value)} typed on the ${side} side is lost`);
  }
}

function differences(world: SimWorld, left: CanonicalRecord, right: CanonicalRecord): FieldRule[] {
  return world.mapping.fields.filter((field) => {
    const [ours, theirs] = [left[field.name], right[field.name]];
    if (field.onCreateOnly || ours === undefined || theirs === undefined) return false;
    // What is there already is kept, and no field has to arrive that was never filled.
    if (field.rule === 'onlyIfEmpty' && (isEmpty(ours) || !isEmpty(theirs))) return false;
    return !sameValue(field, ours, theirs);
  });
}

/** G4 and G8: every shared record is coupled and equal on both sides, or listed with its reason. */
async function convergence(world: SimWorld): Promise<void> {
  const { issues } = await world.ledger.status(world.mapping.name);
  const listed = new Set(issues.map(({ leftKey }) => leftKey));
  const { lefts, rights } = await world.read();
  for (const [key, row] of world.org.rows) {
    if (row.deleted || row.fields['Sync_with_Partner_Center__c'] !== true || listed.has(key)) continue;
    const entry = (await world.ledger.entries(world.mapping.name, [key])).get(key);
    const left = lefts.get(key);
    const right = rights.get(referralOf(world.referrals, row)?.id ?? '');
    if (!left || !right || entry?.coupling?.rightKey !== right.key) {
      world.breaks('G4', `${key} is neither coupled nor listed`);
      continue;
    }
    if (row.fields['Referral_Identifier__c'] !== right.key) world.breaks('G4', `${key} does not show its referral`);
    const values = toCanonical(world.mapping, 'left', left.document);
    for (const field of differences(world, values, toCanonical(world.mapping, 'right', right.document))) {
      if (world.deciding.waits(entry, field) || waitsForAnswer(world, key, right.key, field)) continue;
      if (world.story.profile.inbound === true && disputed(entry, field)) continue;
      const noted = right.lifecycle === 'final' && closedLater(world, key, field, values);
      if (!noted) world.breaks('G8', `${field.name} of ${key} differs (${String(row.fields['Cosell_Sync_State__c'])})`);
    }
  }
}

/** A closed referral takes no edit; then the trail says so. */
function closedLater(world: SimWorld, key: string, field: FieldRule, values: CanonicalRecord): boolean {
  if (field.type === 'list') return true;
  if (field.type === 'choice') return [...world.org.trail.values()].some((entry) => closedEntry(entry, key));
  return named(world, key, text(values[field.name]));
}

const closedEntry = (entry: JsonObject, key: string): boolean =>
  entry['Opportunity__c'] === key && (entry['Outcome__c'] === 'Attention' || entry['Outcome__c'] === 'Conflict');

/** G7: when nothing changes, nothing is written, and a look costs at most three calls per system. */
async function rest(world: SimWorld): Promise<void> {
  for (let run = 1; run <= 2; run += 1) {
    const before = [world.org, world.referrals].map(({ requests, writes }) => ({ requests, writes }));
    await world.quiet(1);
    [world.org, world.referrals].forEach((server, index) => {
      const writes = server.writes - (before[index]?.writes ?? 0);
      // A new process looks once at what kind of org it is.
      const calls = server.requests - (before[index]?.requests ?? 0) - (server.side === 'left' ? 1 : 0);
      const pages =
        server.side === 'left' ? Math.ceil(world.org.rows.size / 2) : Math.ceil(world.referrals.referrals.size / 5);
      if (writes > 0) world.breaks('G7', `idle run ${run} wrote ${writes} times on the ${server.side} side`);
      if (calls > Math.max(3, pages))
        world.breaks('G7', `idle run ${run} made ${calls} calls on the ${server.side} side`);
    });
  }
}

/** Everything that must hold once nobody disturbs any more. */
export async function judge(world: SimWorld): Promise<void> {
  await rest(world);
  duplicates(world);
  await world.bounds.judge();
  world.deciding.judge();
  await lostEdits(world);
  await convergence(world);
  if (world.story.profile.inbound === true) await judgeInbound(world);
}
