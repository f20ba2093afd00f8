// @ts-check
/** What sellers in Salesforce and in the portal change while everything runs. */

/** @typedef {import('./verdict.mjs').Edit} Edit */

/**
 * Makes one edit and notes it. No value is ever used twice, so that it can be recognised wherever it ends up.
 * @param {import('./world.mjs').World} world
 * @param {readonly string[]} ids opportunities
 * @param {import('./random.mjs').Random} random
 * @param {Edit[]} edits where it is noted
 */
export async function editSomething(world, ids, random, edits) {
  const id = random.pick(ids);
  const serial = edits.length + 1;
  const field = random.next() < 0.6 ? 'value' : 'notes';
  const value = field === 'value' ? 1_000_000 + serial : `Edit ${serial}`;
  if (random.next() < 0.5) {
    await world.salesforce.ask('edit', { id, values: field === 'value' ? { Amount: value } : { Description: value } });
    edits.push({ id, side: 'left', field, value });
    return;
  }
  /** @type {import('./verdict.mjs').Referral | undefined} */
  const referral = (await world.center.ask('referrals')).find((/** @type {any} */ { marker }) => marker === id);
  if (referral === undefined) return;
  const values = field === 'value' ? { dealValue: value } : { notes: value };
  await world.center.ask('edit', { id: referral.id, values });
  edits.push({ id, side: 'right', field, value });
}
