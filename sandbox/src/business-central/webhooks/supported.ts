import type { Segment } from '../api/address.js';
import type { Answer, ScopedCall } from '../api/call.js';
import { notAllowed, segmentNotFound } from '../core/errors.js';
import type { BusinessCentralSettings } from '../core/settings.js';

/** Sets that can be subscribed to (working with webhooks: list of supported entities). Contacts, salespeople and opportunities are not on it. */
const DOCUMENTED = [
  'accounts',
  'companyInformation',
  'countriesRegions',
  'currencies',
  'customerPaymentJournals',
  'customers',
  'dimensions',
  'employees',
  'generalLedgerEntries',
  'itemCategories',
  'items',
  'journals',
  'paymentMethods',
  'paymentTerms',
  'purchaseInvoices',
  'salesCreditMemos',
  'salesInvoices',
  'salesOrders',
  'salesQuotes',
  'shipmentMethods',
  'unitsOfMeasure',
  'vendors'
];

export const subscribable = ({ moreSubscribable }: BusinessCentralSettings): readonly string[] => [
  ...DOCUMENTED,
  ...moreSubscribable
];

/** A change of a line notifies on its document. */
const HEADERS: Readonly<Record<string, string>> = {
  salesOrderLines: 'salesOrders',
  salesQuoteLines: 'salesQuotes',
  salesInvoiceLines: 'salesInvoices',
  salesCreditMemoLines: 'salesCreditMemos',
  purchaseInvoiceLines: 'purchaseInvoices'
};

export const headerOf = (lines: string): string | undefined => HEADERS[lines];

/** `GET …/webhookSupportedResources`. Its filter knows `eq` with a pattern: `resource eq 'v2.0*'`. */
export function supportedResources(call: ScopedCall, segments: readonly Segment[]): Answer {
  const [first] = segments;
  if (first?.name !== 'webhookSupportedResources' || call.scope.company === '')
    throw segmentNotFound(first?.name ?? '');
  if (call.method !== 'GET') throw notAllowed(call.method, first.name);
  const [, pattern] = /^\s*resource\s+eq\s+'([^']*)'\s*$/.exec(call.query.get('$filter') ?? '') ?? [];
  const fits = (resource: string): boolean =>
    pattern === undefined || (pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : resource === pattern);
  const names = subscribable(call.scope.world.settings()).map((name) => `v2.0/${name}`);
  const context = `${call.origin}${call.address.base}/$metadata#companies(${call.scope.company})/webhookSupportedResources`;
  return {
    status: 200,
    body: { '@odata.context': context, value: names.filter(fits).map((resource) => ({ resource })) }
  };
}
