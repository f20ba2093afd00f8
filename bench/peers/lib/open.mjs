// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { Connection } from '@jsforce/jsforce-node';
import { PartnerCenter } from './partner-center.mjs';

/** @param {string} name */
const needed = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is empty.`);
  return value;
};

/** Both systems, and the time up to which the last run looked, kept in a file. @param {{ connections: number }} options */
export const open = ({ connections }) => {
  const stateFile = needed('PEER_STATE_FILE');
  const salesforce = new Connection({
    instanceUrl: needed('PEER_SALESFORCE_URL'),
    accessToken: needed('PEER_SALESFORCE_TOKEN'),
    version: '66.0'
  });
  const partnerCenter = new PartnerCenter(
    needed('PEER_PARTNER_CENTER_URL'),
    needed('PEER_PARTNER_CENTER_TOKEN'),
    connections
  );
  return {
    salesforce,
    partnerCenter,
    lastLook: () => String(JSON.parse(readFileSync(stateFile, 'utf8')).lastLook),
    keepLook: (/** @type {string} */ lastLook) => writeFileSync(stateFile, JSON.stringify({ lastLook }))
  };
};

/** All rows of a query, page by page. @param {Connection} salesforce @param {string} soql @returns {Promise<any[]>} */
export const everyRow = async (salesforce, soql) => {
  const rows = [];
  let page = await salesforce.query(soql);
  for (;;) {
    rows.push(...page.records);
    if (page.done || page.nextRecordsUrl === undefined) return rows;
    page = await salesforce.queryMore(page.nextRecordsUrl);
  }
};
