import type { Api } from '../../../connectors/business-central/index.js';
import { recordPath, runBatch, valuesOf } from '../../../connectors/business-central/index.js';
import { CosellError } from '../../../ports/errors.js';
import type { JsonObject } from '../../../ports/json.js';
import type { BusinessCentralCheck } from '../check.js';

export interface ProbePorts {
  api: Api;
  /** Path of the company below the root. */
  company: string;
  companyId: string;
  /** Currency of the org, where the settings name it. */
  defaultCurrency: string | undefined;
}

/** One thing to look at. */
export interface Probe {
  check: BusinessCentralCheck;
  /** @returns what was found, in one sentence. @throws Attention, or another CosellError when the synchronization cannot work */
  look: (ports: ProbePorts) => Promise<string>;
}

/** Something that a person should look at, while the synchronization works without it. */
export class Attention extends CosellError {
  public override readonly name = 'Attention';
}

/** A record that never exists; writing it ends a transaction without leaving anything. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const rowsOf = async ({ api, company }: ProbePorts, set: string, filter?: string): Promise<JsonObject[]> => {
  const path = `${recordPath(company, set)}?$top=1${filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`}`;
  return valuesOf((await api.call({ method: 'GET', path, repeatable: true })).json);
};

const notTried = (message: string, nextStep: string): Attention =>
  new Attention('WRITE_NOT_TRIED', `May be read. ${message}`, [nextStep]);

/**
 * Writes a value over itself, in a transaction whose second part must fail, so that the whole is rolled back: permissions are
 * only looked at where something is written (Business Central: OData batch, isolation).
 */
async function mayWrite(ports: ProbePorts, set: string, field: string, row: JsonObject): Promise<void> {
  const { id, '@odata.etag': ifMatch, [field]: value = '' } = row;
  const path = (key: string): string => recordPath(`companies(${ports.companyId})`, set, key);
  const [result] = await runBatch(
    ports.api,
    [
      { method: 'PATCH', path: path(String(id)), body: { [field]: value }, ifMatch: String(ifMatch) },
      { method: 'PATCH', path: path(NOBODY), body: { [field]: '' }, ifMatch: '*' }
    ],
    { atomic: true }
  );
  if (result?.outcome !== 'failed' || result.error.code === 'ROLLED_BACK') return;
  if (result.error.kind === 'connection') throw result.error;
  throw notTried(
    `Writing failed for another reason: ${result.error.message}`,
    'Look whether a person could change the record.'
  );
}

const reads = (check: BusinessCentralCheck & string): Probe => ({
  check,
  look: async (ports) => {
    await rowsOf(ports, check);
    return 'May be read.';
  }
});

const writes = (check: BusinessCentralCheck & string, field: string, filter?: string): Probe => ({
  check,
  look: async (ports) => {
    const [row] = await rowsOf(ports, check, filter);
    if (row === undefined)
      throw notTried('There is no record to try a change with.', 'Test again when there are some.');
    await mayWrite(ports, check, field, row);
    return 'May be read and changed; the change was tried and taken back.';
  }
});

/** What the application has to be allowed, by entity set. */
export const accessProbes: readonly Probe[] = [
  writes('customers', 'displayName'),
  writes('contacts', 'displayName'),
  writes('items', 'displayName'),
  writes('salesQuotes', 'externalDocumentNumber', "status eq 'Draft'"),
  writes('salesOrders', 'externalDocumentNumber', "status eq 'Draft'"),
  reads('salesInvoices'),
  reads('unitsOfMeasure'),
  reads('currencies'),
  reads('paymentTerms'),
  reads('shipmentMethods'),
  reads('itemLedgerEntries'),
  reads('customerFinancialDetails')
];
