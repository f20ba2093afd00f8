// @ts-check
/**
 * What a script would do: one record at a time, in both directions. Changed referrals go to their opportunities, then every
 * toggled opportunity without a referral gets one, and its id is written back. jsforce for Salesforce, undici for Partner Center.
 */
import { couplingOf, openDeals, opportunityOf, referralOf } from './lib/fields.mjs';
import { everyRow, open } from './lib/open.mjs';

const { salesforce, partnerCenter, lastLook, keepLook } = open({ connections: 1 });
const opportunities = salesforce.sobject('Opportunity');
const changed = await partnerCenter.changedSince(lastLook());
for (const referral of changed) {
  if (referral.externalReferenceId) await opportunities.update(opportunityOf(referral));
}
const deals = await everyRow(salesforce, openDeals);
for (const deal of deals) {
  const referral = await partnerCenter.call('POST', '', referralOf(deal));
  await opportunities.update(couplingOf(deal.Id, referral));
}
keepLook(partnerCenter.serverTime);
await partnerCenter.close();
process.stdout.write(`${JSON.stringify({ changed: changed.length, created: deals.length })}\n`);
