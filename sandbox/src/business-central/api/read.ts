import type { EntitySet } from '../contract/model.js';
import { setOfType } from '../contract/model.js';
import { badRequest, dialog, notAllowed } from '../core/errors.js';
import type { Json } from '../core/values.js';
import { fieldsOf } from '../odata/filter.js';
import { parseOptions } from '../odata/options.js';
import { pageOf } from '../odata/page.js';
import type { ViewRow } from '../views/types.js';
import type { Answer, ScopedCall } from './call.js';
import { nextLink, pageSize } from './paging.js';
import { rowsOf } from './rows.js';
import { etagOf, orderedShape, shapeRow } from './shape.js';
import type { Target } from './target.js';

/** Sets that are read through their parent or by key only, with what the service says otherwise. */
const NEEDS_PARENT: Readonly<Record<string, string>> = {
  salesOrderLines: 'You must specify an Id or a Document Id to get the lines.',
  salesQuoteLines: 'You must specify an Id or a Document Id to get the lines.',
  salesInvoiceLines: 'You must specify an Id or a Document Id to get the lines.',
  salesCreditMemoLines: 'You must specify an Id or a Document Id to get the lines.',
  purchaseInvoiceLines: 'You must specify an Id or a Document Id to get the lines.',
  purchaseOrderLines: 'You must specify an Id or a Document Id to get the lines.',
  purchaseCreditMemoLines: 'You must specify an Id or a Document Id to get the lines.',
  customerPayments: 'You must specify a journal batch ID or a journal ID to get a journal line.',
  vendorPayments: 'You must specify a journal batch ID or a journal ID to get a journal line.',
  timeRegistrationEntries: 'You must specify an Employee Id to get the entries.',
  contactsInformation: 'id type not specified.'
};

/** GET on a set, on a row, on `$count`, or on a stream. */
export function read(call: ScopedCall, target: Target): Answer {
  call.permit(target.set.name, 'read');
  checkUpgrade(call, target.set);
  if (target.kind === 'stream') return stream(target);
  if (target.kind === 'row') return single(call, target.set, target.row);
  if (target.kind === 'set') return list(call, target);
  throw notAllowed('GET', target.action);
}

export function checkUpgrade(call: ScopedCall, set: EntitySet): void {
  if (!call.scope.world.settings().dataUpgradeNeeded.includes(set.name)) return;
  throw dialog('You must run the data upgrade for this API page. Contact your administrator.');
}

const shapeOf = (navigation: { type: string }): EntitySet => setOfType(navigation.type);

function list(call: ScopedCall, target: Extract<Target, { kind: 'set' }>): Answer {
  const { scope } = call;
  const { set } = target;
  const options = parseOptions(call.query, set, shapeOf);
  if (!target.parent) checkParent(call, set, options.filter ? fieldsOf(options.filter) : new Set());
  for (const { navigation } of options.expand) call.permit(setOfType(navigation.type).name, 'read');
  const found = rowsOf(scope, set, target.given, options.filter);
  const size = pageSize(call);
  const { rows, total, next } = pageOf(found, (row) => row.values, options, orderedShape(set), size.rows);
  if (target.count) return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(total) };
  const base = `${call.origin}${call.address.base}/${target.path}`;
  const body: Record<string, Json> = { '@odata.context': contextOf(call, target.path, options.select) };
  if (options.count) body['@odata.count'] = total;
  body['value'] = rows.map((row) => shapeRow(scope, set, row, options, { base }));
  if (next !== undefined) body['@odata.nextLink'] = nextLink(call, target.path, next);
  const applied: Record<string, string> = size.asked ? { 'preference-applied': `odata.maxpagesize=${size.rows}` } : {};
  return { status: 200, headers: applied, body };
}

function checkParent(call: ScopedCall, set: EntitySet, filtered: ReadonlySet<string>): void {
  const refusal = NEEDS_PARENT[set.name];
  if (refusal === undefined) return;
  const { linesByDocumentFilter } = call.scope.world.settings();
  if (linesByDocumentFilter && (filtered.has('documentId') || filtered.has('id'))) return;
  throw dialog(refusal);
}

/** One row with its ETag, as GET and as the answer to a write. */
export function single(call: ScopedCall, set: EntitySet, row: ViewRow, status = 200): Answer {
  const options = parseOptions(call.query, set, shapeOf);
  if (options.filter || options.orderBy.length > 0 || options.top !== undefined) {
    throw badRequest('The query options $filter, $orderby and $top cannot be used with a single row.');
  }
  const path = `companies(${call.scope.company})/${set.name}`;
  const base = `${call.origin}${call.address.base}/${path}`;
  return {
    status,
    headers: { etag: etagOf(row) },
    body: {
      '@odata.context': `${contextOf(call, path, options.select)}/$entity`,
      ...shapeRow(call.scope, set, row, options, { base })
    }
  };
}

function stream({ row, property }: Extract<Target, { kind: 'stream' }>): Answer {
  const content = row.values[`$${property}`];
  if (typeof content !== 'string') return { status: 204 };
  const type = row.values['contentType'];
  const fallback = property === 'pdfDocumentContent' ? 'application/pdf' : 'application/octet-stream';
  return {
    status: 200,
    headers: { 'content-type': typeof type === 'string' && type !== '' ? type : fallback },
    body: Buffer.from(content, 'base64')
  };
}

function contextOf(call: ScopedCall, path: string, select: ReadonlySet<string> | undefined): string {
  const fields = select ? `(${[...select].join(',')})` : '';
  return `${call.origin}${call.address.base}/$metadata#${path}${fields}`;
}
