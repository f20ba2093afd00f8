// @ts-check
/** What must be true after everything that was done to the processes: pure, so that it can be tested itself. */

/**
 * @typedef {{ Id: string, Amount: number | null, Description: string | null, Referral_Identifier__c: string | null,
 *   Cosell_Sync_State__c: string | null }} Opportunity
 * @typedef {{ id: string, marker: string, dealValue: number | null, notes: string | null }} Referral
 * @typedef {{ Opportunity__c: string, Action__c: string, Field__c: string | null, Direction__c: string | null,
 *   Old_Value__c: string | null, New_Value__c: string | null, Outcome__c: string, Audit_Key__c: string }} TrailEntry
 * @typedef {{ id: string, side: 'left' | 'right', field: 'value' | 'notes', value: string | number }} Edit
 * @typedef {{ openIntents: number, issues: number, untold: number, queue: number, held: number }} LedgerState
 * @typedef {{ opportunities: Opportunity[], referrals: Referral[], trail: TrailEntry[], edits: Edit[], ledger: LedgerState }} Evidence
 */

/** @param {readonly Referral[]} referrals @returns {Map<string, Referral[]>} */
function byMarker(referrals) {
  const found = new Map();
  for (const referral of referrals) found.set(referral.marker, [...(found.get(referral.marker) ?? []), referral]);
  return found;
}

/** @param {Opportunity} opportunity @param {Referral | undefined} referral */
export const inStep = (opportunity, referral) =>
  referral !== undefined &&
  opportunity.Referral_Identifier__c === referral.id &&
  opportunity.Cosell_Sync_State__c === 'Synced' &&
  opportunity.Amount === referral.dealValue &&
  opportunity.Description === referral.notes;

/** How many opportunities are not in step. @param {readonly Opportunity[]} opportunities @param {readonly Referral[]} referrals */
export function behind(opportunities, referrals) {
  const known = byMarker(referrals);
  return opportunities.filter((row) => !inStep(row, known.get(row.Id)?.[0])).length;
}

/** @param {string | null} text @param {string | number} value */
const shows = (text, value) => text !== null && (text === String(value) || Number(text) === value);

/** Last edits that neither side has and no entry of the trail names. @param {Evidence} evidence */
function lostEdits({ edits, opportunities, referrals, trail }) {
  const last = new Map(edits.map((edit) => [`${edit.id} ${edit.side} ${edit.field}`, edit]));
  const rows = new Map(opportunities.map((row) => [row.Id, row]));
  const known = byMarker(referrals);
  return [...last.values()].filter(({ id, field, value }) => {
    const row = rows.get(id);
    const referral = known.get(id)?.[0];
    const [left, right] = field === 'value' ? [row?.Amount, referral?.dealValue] : [row?.Description, referral?.notes];
    const entries = trail.filter((entry) => entry.Opportunity__c === id);
    const named = entries.some((entry) => shows(entry.Old_Value__c, value) || shows(entry.New_Value__c, value));
    return !(left === value && right === value) && !named;
  });
}

/** Entries of the trail that say the same thing twice. Values of edits never repeat, so that no two changes look alike. @param {readonly TrailEntry[]} trail */
function doubledEntries(trail) {
  const texts = trail
    .filter(({ Action__c }) => Action__c !== 'checked')
    .map((entry) => {
      const { Opportunity__c, Action__c, Field__c, Direction__c, Old_Value__c, New_Value__c } = entry;
      const coupled = Action__c === 'created' || Action__c === 'linked';
      return coupled
        ? `${Opportunity__c} coupled`
        : [Opportunity__c, Action__c, Field__c, Direction__c, Old_Value__c, New_Value__c].join(' | ');
    });
  const seen = new Set();
  return texts.filter((text) => seen.has(text) || !seen.add(text));
}

/** @param {Evidence} evidence @returns {{ duplicates: number, undone: number, defects: string[] }} */
export function judge(evidence) {
  const { opportunities, referrals, trail, ledger } = evidence;
  const known = byMarker(referrals);
  const duplicates = referrals.length - known.size;
  const undone = opportunities.filter((row) => !inStep(row, known.get(row.Id)?.[0]));
  const strangers = [...known.keys()].filter((marker) => !opportunities.some((row) => row.Id === marker));
  const untrailed = opportunities.filter(
    ({ Id }) => !trail.some((entry) => entry.Opportunity__c === Id && /^(created|linked)$/.test(entry.Action__c))
  );
  const some = (/** @type {readonly string[]} */ items) =>
    `${items.length}${items.length === 0 ? '' : `: ${items.slice(0, 3).join('; ')}`}`;
  const findings = {
    'duplicate referrals': some([...known].filter(([, all]) => all.length > 1).map(([marker]) => marker)),
    'opportunities that are not in step': some(
      undone.map((row) => JSON.stringify({ ...row, attributes: undefined, right: known.get(row.Id) }))
    ),
    'referrals of no opportunity': some(strangers),
    'opportunities without an entry about their referral': some(untrailed.map(({ Id }) => Id)),
    'entries that are there twice': some(doubledEntries(trail)),
    'lost edits': some(lostEdits(evidence).map((edit) => JSON.stringify(edit))),
    'open intents': String(ledger.openIntents),
    'issues in the ledger': String(ledger.issues),
    'reports that were not told': String(ledger.untold),
    'items in the queue': String(ledger.queue),
    'records that somebody holds': String(ledger.held)
  };
  const defects = Object.entries(findings).flatMap(([what, count]) => (count === '0' ? [] : [`${what} ${count}`]));
  return { duplicates, undone: undone.length, defects };
}
