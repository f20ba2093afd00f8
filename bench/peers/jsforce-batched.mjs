// @ts-check
/**
 * The same by somebody who knows the limits: eight creates at a time, and updates in collections of 200. Collections carry no
 * condition, so an edit that is made meanwhile on the opportunity is overwritten.
 */
import { couplingOf, openDeals, opportunityOf, referralOf } from './lib/fields.mjs';
import { everyRow, open } from './lib/open.mjs';

const IN_FLIGHT = 8;
const PER_CALL = 200;

const { salesforce, partnerCenter, lastLook, keepLook } = open({ connections: IN_FLIGHT });

/** @param {{ Id: string }[]} rows */
const update = async (rows) => {
  for (let from = 0; from < rows.length; from += PER_CALL) {
    const results = await salesforce.sobject('Opportunity').update(rows.slice(from, from + PER_CALL));
    for (const { success, errors } of results) if (!success) throw new Error(JSON.stringify(errors));
  }
};

const changed = await partnerCenter.changedSince(lastLook());
await update(changed.filter(({ externalReferenceId }) => externalReferenceId).map(opportunityOf));

const deals = await everyRow(salesforce, openDeals);
const waiting = [...deals];
/** @type {{ Id: string }[]} */
const coupled = [];
const lane = async () => {
  for (let deal = waiting.shift(); deal !== undefined; deal = waiting.shift()) {
    coupled.push(couplingOf(deal.Id, await partnerCenter.call('POST', '', referralOf(deal))));
    if (coupled.length >= PER_CALL) await update(coupled.splice(0, PER_CALL));
  }
};
await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
await update(coupled);
keepLook(partnerCenter.serverTime);
await partnerCenter.close();
process.stdout.write(`${JSON.stringify({ changed: changed.length, created: deals.length })}\n`);
