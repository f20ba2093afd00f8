// @ts-check
/** An org full of records and an empty company of Business Central: both stand-ins, in this process. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthInfo, Connection } from '@salesforce/core';
import { apiRoot, companyPath, environmentsUrl } from '../../plugin/lib/connectors/business-central/address.js';
import { BusinessCentralApi } from '../../plugin/lib/connectors/business-central/api.js';
import { clientCredentials } from '../../plugin/lib/connectors/business-central/authorization.js';
import { listCompanies, listEnvironments } from '../../plugin/lib/connectors/business-central/discovery.js';
import { undiciHttp } from '../../plugin/lib/connectors/http/index.js';
import { deployPackage } from '../../plugin/lib/deploy/index.js';
import { systemClock } from '../../plugin/lib/ports/clock.js';
import { systemRandom } from '../../plugin/lib/ports/random.js';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../sandbox/lib/business-central/identity/applications.js';
import { startBusinessCentral } from '../../sandbox/lib/business-central/server.js';
import { startSalesforce } from '../../sandbox/lib/salesforce/server.js';
import { record, SalesforceClient } from '../../sandbox/lib/world/salesforce-client.js';
import { assignPermissionSets, integrationUsername, seedUsers } from '../../sandbox/lib/world/seed/users.js';

const ADMIN = 'ada.admin@cosell.example';
const MAPPINGS = ['account-customer', 'contact-contact', 'product-item'];

/** @typedef {Awaited<ReturnType<typeof openErp>>} Erp */

/** @param {Awaited<ReturnType<typeof startSalesforce>>} salesforce */
const deploy = async (salesforce) => {
  const accessToken = salesforce.org.auth.issueAccessToken(ADMIN);
  const authInfo = await AuthInfo.create({
    username: accessToken,
    accessTokenOptions: { accessToken, instanceUrl: salesforce.url }
  });
  const connection = await Connection.create({ authInfo });
  connection.setApiVersion('66.0');
  const org = { getConnection: () => connection, getUsername: () => ADMIN, getOrgId: () => salesforce.org.id };
  const { failures } = await deployPackage({
    org: /** @type {any} */ (org),
    ...{ checkOnly: false, changeEvents: false, translations: false, permissionSets: [], waitMs: 60_000 },
    ...{ clock: systemClock, env: {} }
  });
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
};

/** @param {SalesforceClient} people @param {{ customers: number, items: number, contacts: number }} sizes */
const seed = async (people, { customers, items, contacts }) => {
  /** @param {number} count @param {(n: number) => any} make @returns {Promise<string[]>} */
  const insert = async (count, make) => {
    /** @type {string[]} */
    const keys = [];
    for (let from = 0; from < count; from += 200) {
      const rows = Array.from({ length: Math.min(200, count - from) }, (_, n) => make(from + n));
      keys.push(...(await people.insert(rows)));
    }
    return keys;
  };
  const accounts = await insert(customers, (n) =>
    record('Account', { Name: `Buyer ${n}`, Type: 'Customer - Direct', BillingCity: 'Oslo', Phone: `+47 ${n}` })
  );
  await insert(items, (n) => record('Product2', { Name: `Thing ${n}`, IsActive: true }));
  await insert(contacts, (n) =>
    record('Contact', { FirstName: 'Kim', LastName: `Person ${n}`, AccountId: accounts[n % customers] ?? '' })
  );
};

/** @param {string} folder @param {{ customers: number, items: number, contacts: number }} sizes */
export const openErp = async (folder, sizes) => {
  const salesforce = await startSalesforce({ port: 0 });
  const center = await startBusinessCentral({ file: ':memory:', port: 0 });
  const people = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(ADMIN));
  await seedUsers(people);
  await deploy(salesforce);
  await assignPermissionSets(people);
  const from = performance.now();
  await seed(people, sizes);
  const seedSeconds = Math.round((performance.now() - from) / 1000);
  const http = undiciHttp();
  const ports = { http, clock: systemClock, random: systemRandom };
  const tenant = TENANT.id;
  const authorization = clientCredentials({
    ...{ ...ports, clientId: INTEGRATION_CLIENT_ID, tenant, endpoint: center.url, proof: INTEGRATION_SECRET }
  });
  /** @param {string} environment */
  const at = (environment) => apiRoot({ kind: 'online', baseUrl: center.url, tenant, environment });
  const anywhere = new BusinessCentralApi({ root: at('any'), authorization, ...ports });
  const [environment] = await listEnvironments(anywhere, environmentsUrl(center.url));
  const api = new BusinessCentralApi({ root: at(environment?.name ?? ''), authorization, ...ports });
  const [company] = await listCompanies(api);
  const settingsFile = join(folder, 'cosell.yaml');
  const mappings = Object.fromEntries(MAPPINGS.map((name) => [name, { enabled: true }]));
  const settings = { ledger: 'erp.ledger', lookupDelay: '0ms', businessCentral: { mappings } };
  writeFileSync(settingsFile, JSON.stringify(settings));
  /** @param {string} path */
  const count = async (path) => {
    const { json } = await api.call({
      method: 'GET',
      path: `${companyPath(company?.id ?? '')}/${path}`,
      repeatable: true
    });
    return Number(/** @type {any} */ (json)['@odata.count']);
  };
  /** Different names among the rows. @param {string} path */
  const distinct = async (path) => {
    const names = new Set();
    let next = `${companyPath(company?.id ?? '')}/${path}`;
    while (next) {
      const { json } = await api.call({ method: 'GET', path: next, repeatable: true });
      const page = /** @type {any} */ (json);
      for (const { displayName } of page.value) names.add(displayName);
      next = page['@odata.nextLink'];
    }
    return names.size;
  };
  const persons = encodeURIComponent("type eq 'Person'");
  return {
    seedSeconds,
    names: async () => ({
      customers: await distinct('customers?$select=id,displayName'),
      items: await distinct('items?$select=id,displayName'),
      contacts: await distinct(`contacts?$select=id,displayName&$filter=${persons}`)
    }),
    /** Rows of a set. @param {string} set */
    rows: (set) => count(`${set}?$count=true&$top=1`),
    people: () => count(`contacts?$count=true&$top=1&$filter=${persons}`),
    /** What the client in a process of its own needs. */
    handOver: () => ({
      connection: {
        ...{ name: 'business-central', system: 'business-central', kind: 'online', baseUrl: center.url },
        ...{ tenantId: tenant, environment: environment?.name, companyId: company?.id, company: company?.name },
        ...{ user: INTEGRATION_CLIENT_ID, authority: center.url, proof: 'secret', signedInAt: '2026-01-05T09:00:00Z' }
      },
      secret: INTEGRATION_SECRET,
      settingsFile,
      instanceUrl: salesforce.url,
      organizationId: salesforce.org.id,
      token: salesforce.org.auth.issueAccessToken(integrationUsername)
    }),
    close: async () => {
      await http.close();
      await center.close();
      await salesforce.close();
    }
  };
};
