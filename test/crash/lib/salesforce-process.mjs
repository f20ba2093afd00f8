// @ts-check
/** The Salesforce stand-in in a process of its own. The parent edits as a seller and looks without going through the API and its faults. */
import { startSalesforce } from '../../../sandbox/lib/salesforce/server.js';
import { serveParent } from './child.mjs';

/** @type {{ file: string, port: number, latencyMs?: number }} */
const { file, port, latencyMs = 0 } = JSON.parse(process.argv[2] ?? '{}');
const salesforce = await startSalesforce({ file, port, controlPort: 0, latencyMs });
const { org } = salesforce;
const seller = 'sam.seller@cosell.example';
const admin = org.sessionFor('ada.admin@cosell.example');

/** @param {string} soql @returns {any[]} */
const query = (soql) => {
  const rows = [];
  let page = org.data.query(admin, soql);
  rows.push(...page.records);
  while (page.nextRecordsUrl !== undefined) {
    page = org.soql.more(admin, page.nextRecordsUrl.replace(/^.*\//, ''));
    rows.push(...page.records);
  }
  return rows;
};

const FIELDS =
  'Id, Amount, Description, Referral_Identifier__c, Cosell_Sync_State__c, Cosell_Sync_Message__c, Sync_with_Partner_Center__c';
const TRAIL = 'Opportunity__c, Action__c, Field__c, Direction__c, Old_Value__c, New_Value__c, Outcome__c, Audit_Key__c';

serveParent(
  { url: salesforce.url, controlUrl: salesforce.controlUrl },
  {
    /** @param {{ id: string, values: Record<string, unknown> }} body */
    edit: ({ id, values }) => org.data.update(org.sessionFor(seller), 'Opportunity', id, values),
    opportunities: () => query(`SELECT ${FIELDS} FROM Opportunity WHERE Sync_with_Partner_Center__c = true`),
    versions: () => query('SELECT Id, SystemModstamp FROM Opportunity').concat(query('SELECT Id FROM Cosell_Audit__c')),
    trail: () => query(`SELECT ${TRAIL} FROM Cosell_Audit__c`)
  },
  () => salesforce.close()
);
