// @ts-check
/**
 * A Salesforce stand-in in a process of its own, on the database file given as argument. Sends its address and an access token,
 * moves its clock on `{ advanceMs }`, and ends when the channel to its parent closes.
 */
import { startSalesforce } from '../../sandbox/lib/salesforce/server.js';

/** @param {string} name @param {boolean} unique @returns {import('../../sandbox/lib/salesforce/core/schema.js').FieldSchema} */
const externalId = (name, unique) => ({
  ...{ name, label: name, type: 'string', length: 100, custom: true, externalId: true, unique },
  ...{ nillable: true, createable: true, updateable: true, permissionable: true }
});

let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const salesforce = await startSalesforce({ file: process.argv[2] ?? ':memory:', port: 0, now });
const none = {
  ...{ upsertObjects: [], deleteObjects: [], deleteFields: [], upsertPermissionSets: [], deletePermissionSets: [] },
  ...{ upsertComponents: [], deleteComponents: [] }
};
const fields = [externalId('Referral_Identifier__c', true), externalId('Engagement_Identifier__c', false)];
salesforce.org.applyMetadata({
  ...none,
  upsertFields: fields.map((field) => ({ object: 'Opportunity', field }))
});

process.on('message', (/** @type {{ advanceMs: number }} */ message) => {
  ahead += message.advanceMs;
  process.send?.({ now: now().toISOString() });
});
process.once('disconnect', () => {
  void salesforce.close();
});
process.send?.({ url: salesforce.url, token: salesforce.org.auth.issueAccessToken('ada.admin@cosell.example') });
