// @ts-check
/** An org with our metadata, signed-in users and opportunities that wait to be shared; made once, copied for every repetition. */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { startSalesforce } from '../../../sandbox/lib/salesforce/server.js';
import { solutionCatalogue } from '../../../sandbox/lib/partner-center/solution-catalogue.js';
import { DataFolder } from '../../../sandbox/lib/world/data-folder.js';
import { aliases, deploy, signIn } from '../../../sandbox/lib/world/prepare-org.js';
import { record, SalesforceClient } from '../../../sandbox/lib/world/salesforce-client.js';
import { assignPermissionSets, adminUsername } from '../../../sandbox/lib/world/seed/users.js';
import { root } from '../../../scripts/lib/run.mjs';

/** The user as whom the workers run. */
export const integrationOrg = aliases.integration;

/** @param {SalesforceClient} client @param {number} count */
async function insertDeals(client, count) {
  const [owner] = await client.query(
    /** @type {string} */ ("SELECT Id FROM User WHERE Username = 'sam.seller@cosell.example'")
  );
  const [known] = solutionCatalogue;
  const [solution] = await client.insert([
    record('Microsoft_Solution__c', { Name: known?.name, Solution_Identifier__c: known?.id, Active__c: true })
  ]);
  const address = { BillingStreet: '1 Way', BillingCity: 'Oslo', BillingCountry: 'NO' };
  const [account] = await client.insert([record('Account', { Name: 'Alpine Ski House', ...address })]);
  const deal = (/** @type {number} */ index) =>
    record('Opportunity', {
      ...{ Name: `Deal ${index}`, AccountId: account, OwnerId: /** @type {any} */ (owner).Id },
      ...{ StageName: 'Prospecting', Amount: 1_000 + index, CloseDate: '2027-06-30', Description: `Deal ${index}` },
      Sync_with_Partner_Center__c: true
    });
  const ids = await client.insert(Array.from({ length: count }, (_, index) => deal(index)));
  await client.insert(
    ids.map((Opportunity__c) =>
      record('Opportunity_Microsoft_Solution__c', { Opportunity__c, Microsoft_Solution__c: solution })
    )
  );
  return ids;
}

/**
 * @param {string} path an empty folder
 * @param {number} creates toggled opportunities
 */
export async function prepareTemplate(path, creates) {
  const folder = DataFolder.open(path);
  const file = folder.file('salesforce.db');
  const salesforce = await startSalesforce({ file, port: 0 });
  try {
    const preparation = { root, folder, salesforce };
    await signIn(preparation);
    await deploy(preparation);
    const client = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(adminUsername));
    await assignPermissionSets(client);
    const ids = await insertDeals(client, creates);
    // Sign-ins name the address, so every copy has to answer at the same one.
    return { path, ids, port: Number(new URL(salesforce.url).port) };
  } finally {
    await salesforce.close();
  }
}

/** @typedef {Awaited<ReturnType<typeof prepareTemplate>>} Template */

/** Copies the org's database, with what belongs to it. @param {Template} template @param {string} to */
export function copyOrg(template, to) {
  for (const suffix of ['', '-wal', '-shm']) {
    const from = join(template.path, `salesforce.db${suffix}`);
    if (existsSync(from)) cpSync(from, join(to, `salesforce.db${suffix}`));
  }
}
