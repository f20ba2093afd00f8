import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import type { Api } from './api.js';
import { recordPath } from './address.js';
import type { EntityFacts } from './entities.js';

export interface WebClient {
  /** Address of the web client up to and without the question mark, tenant and environment included. */
  url: string;
  /** Name of the company. */
  company: string;
}

/** Key fields by which a page is filtered, as the API calls them. */
const KEY_FIELDS: Readonly<Record<string, string>> = { 'No.': 'number', Code: 'code' };

/** Address of a record in the web client (Business Central: web client URL): its page, filtered by its number or code. */
export function webLink({ url, company }: WebClient, { page }: EntityFacts, record: RemoteRecord): string {
  const key = String(record.document[KEY_FIELDS[page.field] ?? ''] ?? '').replaceAll("'", "''");
  const query = new URLSearchParams({
    company,
    page: String(page.number),
    filter: `'${page.table}'.'${page.field}' IS '${key}'`
  });
  return `${url}?${query.toString().replaceAll('+', '%20')}`;
}

/** Documents that have a printed form. */
export type PrintedSet = 'salesQuotes' | 'salesOrders' | 'salesInvoices';

/**
 * Where the printed form of a document can be fetched, with the same sign-in; it is not made before it is fetched. Undefined when
 * the document has none.
 */
export async function pdfLink(api: Api, company: string, set: PrintedSet, id: string): Promise<string | undefined> {
  const { status, json } = await api.call({
    method: 'GET',
    path: `${recordPath(company, set, id)}/pdfDocument`,
    repeatable: true,
    accept: [404]
  });
  const link = status === 404 ? undefined : (json as JsonObject | null)?.['pdfDocumentContent@odata.mediaReadLink'];
  return typeof link === 'string' ? link : undefined;
}
