import type { LedgerEntry } from '../../plugin/src/ledger/port.js';
import { canonicalText } from '../../plugin/src/mapping/scalars.js';
import type { FieldRule } from '../../plugin/src/mapping/types.js';
import { ON_HOLD } from './incoming.js';
import type { OrgRow } from './org-rows.js';
import type { Referral } from './referral-server.js';
import type { SimWorld } from './world.js';

const COLUMNS: Readonly<Record<string, string>> = { dealValue: 'Amount', notes: 'Description' };

export const isWaiting = (referral: Referral | undefined): boolean => referral?.document['status'] === 'New';

/** A difference that has to be there: what a rep typed while the request waits travels with the answer, not before. */
export function waitsForAnswer(
  { org, referrals }: SimWorld,
  key: string,
  right: string,
  { name, direction }: FieldRule
): boolean {
  if (!isWaiting(referrals.referrals.get(right))) return false;
  if (direction === 'toRight') return true;
  return org.history.of(key, COLUMNS[name] ?? name).at(-1)?.by === 'person';
}

/** Of an answer here and another one there nobody but a person can say which one holds; then both are listed. */
export function disputed({ dispute }: LedgerEntry, { name, type }: FieldRule): boolean {
  return type === 'choice' && dispute?.conflicts.some(({ field }) => field === name) === true;
}

/** G1: every deal that was sent has one opportunity at most, in the bin or not, and no account was left behind. */
function onlyOnce(world: SimWorld): void {
  const rows = [...world.org.rows.values()];
  for (const { id, document } of world.referrals.incoming()) {
    const made = rows.filter(({ fields }) => fields['Name'] === document['name']);
    if (made.length > 1) world.breaks('G1', `${id} became ${made.length} opportunities`);
  }
  for (const { Id: account, Name: name } of world.org.intake.created())
    if (!rows.some(({ fields }) => fields['AccountId'] === account))
      world.breaks('G1', `The account ${String(name)} (${String(account)}) was created for nothing`);
}

/** G4: a deal that is open and has no record is listed with its reason; one whose record left the stage is answered. */
async function noneForgotten(world: SimWorld): Promise<void> {
  const { issues } = await world.ledger.status(world.mapping.name);
  const listed = new Set(issues.map(({ leftKey }) => leftKey));
  for (const referral of world.referrals.incoming()) {
    const { id, document } = referral;
    const row = [...world.org.rows.values()].find(({ fields }) => fields['Referral_Identifier__c'] === id);
    if (row === undefined) {
      if (document['status'] !== 'Closed' && !listed.has(`>${id}`)) world.breaks('G4', `${id} was not taken in`);
    } else if (isWaiting(referral) && wasAnswered(row) && !listed.has(row.id))
      world.breaks('G4', `${id} still waits although ${row.id} is ${String(row.fields['StageName'])}`);
  }
}

const wasAnswered = ({ deleted, fields }: OrgRow): boolean =>
  !deleted && fields['Sync_with_Partner_Center__c'] === true && fields['StageName'] !== ON_HOLD;

/** Nothing but an answer goes to a request that waits, and only the answer that the record gave. */
function answersOnly({ org, referrals, breaks }: SimWorld): void {
  for (const { id, paths } of referrals.sentWhileWaiting) breaks('hold', `${id} was sent ${paths} while it waited`);
  for (const { id, accept } of referrals.answers) {
    const rows = [...org.rows.values()].filter(({ fields }) => fields['Referral_Identifier__c'] === id);
    const given = rows.flatMap((row) => org.history.of(row.id, 'StageName')).filter(({ by }) => by === 'person');
    const meant = given.some(({ value }) => (canonicalText(String(value)) === 'Closed Lost') !== accept);
    if (!meant) breaks('hold', `${id} was ${accept ? 'accepted' : 'declined'} and nobody had said so`);
  }
}

export async function judgeInbound(world: SimWorld): Promise<void> {
  onlyOnce(world);
  await noneForgotten(world);
  answersOnly(world);
}
