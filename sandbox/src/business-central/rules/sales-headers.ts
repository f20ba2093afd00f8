import { dialog, fieldTest } from '../core/errors.js';
import type { MutableValues, Values } from '../core/values.js';
import { addDays, EMPTY_DATE, isEmptyGuid, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import type { DocumentKind } from './documents.js';
import { documentKinds, isDraft, linesOf } from './documents.js';
import { nextNumber } from './number-series.js';
import { recompute } from './totals.js';
import type { Draft, SetRules } from './types.js';

const ADDRESS = ['AddressLine1', 'AddressLine2', 'City', 'Country', 'State'] as const;

/** Fields whose validation first checks that the order is open (Sales Header table). */
const OPEN_ONLY = [
  'customerId',
  'customerNumber',
  'billToCustomerId',
  'billToCustomerNumber',
  'currencyId',
  'currencyCode',
  'pricesIncludeTax',
  'discountAmount'
];

const headerRules = (kind: DocumentKind): SetRules => ({
  insert: (draft) => insert(kind, draft),
  update: (draft) => update(kind, draft),
  remove: (scope, row) => remove(kind, scope, row),
  after: (scope, row, action) => {
    if (action === 'remove') for (const line of linesOf(scope, kind, row.id)) scope.world.store.delete(line);
    else recompute(scope, kind, row.id);
  }
});

/** Rules of the four sales documents, by the name of their header set. */
export const salesHeaderRules: Readonly<Record<string, SetRules>> = Object.fromEntries(
  documentKinds.map((kind) => [kind.header, headerRules(kind)])
);

function insert(kind: DocumentKind, draft: Draft): void {
  const { scope, values, given } = draft;
  if (isEmptyGuid(given['customerId']) && text(given, 'customerNumber') === '') {
    throw dialog('A "customerNumber" or a "customerId" must be provided.');
  }
  const customer = customerOf(scope, text(values, 'customerId'));
  const blocked = text(customer, 'blocked');
  if (blocked === 'All') {
    throw dialog(
      `You cannot create this type of document when Customer ${text(customer, 'number')} is blocked with type All.`
    );
  }
  if (text(values, 'number') === '') values['number'] = nextNumber(scope, kind.series);
  fill(draft, fromCustomer(kind, customer));
  const billTo = isEmptyGuid(values['billToCustomerId'])
    ? customer
    : customerOf(scope, text(values, 'billToCustomerId'));
  Object.assign(values, billToFields(billTo));
  const day = today(scope.world);
  fill(draft, { [kind.dateField]: day, postingDate: day, dueDate: dueDate(draft, day) });
  Object.assign(values, { status: 'Draft', discountAppliedBeforeTax: true });
  if (!('partialShipping' in given)) values['partialShipping'] = true;
}

/** Takes over what the writer did not give. */
function fill({ values, given }: Draft, defaults: Values): void {
  for (const [name, value] of Object.entries(defaults)) if (name in values && !(name in given)) values[name] = value;
}

function customerOf(scope: Scope, id: string): Values {
  const customer = scope.world.store.get(scope.company, 'customers', id);
  if (!customer) throw dialog('The customer cannot be found.');
  return customer.values;
}

function address(customer: Values, prefix: string): MutableValues {
  const fields = ADDRESS.map((part) => [
    `${prefix}${part}`,
    customer[part.charAt(0).toLowerCase() + part.slice(1)] ?? ''
  ]);
  return { ...Object.fromEntries(fields), [`${prefix}PostCode`]: customer['postalCode'] ?? '' };
}

function fromCustomer(kind: DocumentKind, customer: Values): Values {
  return {
    customerName: text(customer, 'displayName'),
    shipToName: text(customer, 'displayName'),
    ...address(customer, 'sellTo'),
    ...address(customer, 'shipTo'),
    currencyId: text(customer, 'currencyId'),
    currencyCode: text(customer, 'currencyCode'),
    paymentTermsId: text(customer, 'paymentTermsId'),
    shipmentMethodId: text(customer, 'shipmentMethodId'),
    salesperson: text(customer, 'salespersonCode'),
    phoneNumber: text(customer, 'phoneNumber'),
    email: text(customer, 'email')
  };
}

function billToFields(customer: Values): Values {
  return {
    billToCustomerId: text(customer, 'id'),
    billToCustomerNumber: text(customer, 'number'),
    billToName: text(customer, 'displayName'),
    ...address(customer, 'billTo')
  };
}

/** `30D` and `1M` forms of the payment terms' due date calculation; unknown forms count as no days. */
export function dueDateFrom(day: string, calculation: string): string {
  const [, amount = '0', unit = 'D'] = /^(\d+)([DWM])$/i.exec(calculation.trim()) ?? [];
  const days = { D: 1, W: 7, M: 30 }[unit.toUpperCase()] ?? 1;
  return addDays(day, Number(amount) * days);
}

function dueDate({ scope, values }: Draft, day: string): string {
  const terms = scope.world.store.get(scope.company, 'paymentTerms', text(values, 'paymentTermsId'));
  return terms ? dueDateFrom(day, text(terms.values, 'dueDateCalculation')) : day;
}

function update(kind: DocumentKind, draft: Draft): void {
  const { before, given, values, scope } = draft;
  if (!before) return;
  const changed = Object.keys(given).filter((name) => given[name] !== before.values[name]);
  if (kind.header === 'salesOrders') {
    if (!isDraft(before) && changed.some((name) => OPEN_ONLY.includes(name))) throw statusMustBeOpen(before);
  } else if (!isDraft(before))
    throw dialog(`The ${kind.caption.toLowerCase()} has been posted. You can no longer modify it.`);
  if (changed.includes('customerId') || changed.includes('customerNumber')) {
    const customer = customerOf(scope, text(values, 'customerId'));
    fill(draft, fromCustomer(kind, customer));
    if (!('billToCustomerId' in given) && !('billToCustomerNumber' in given))
      Object.assign(values, billToFields(customer));
  }
  if (number(values, 'discountAmount') < 0) throw dialog('The discount amount must not be negative.');
  if (values['dueDate'] === EMPTY_DATE) values['dueDate'] = values['postingDate'] ?? EMPTY_DATE;
}

/** The check with which the application refuses changes of a released order. */
export function statusMustBeOpen(order: Row): Error {
  const current = text(order.values, 'status') === 'Open' ? 'Released' : 'Pending Approval';
  return fieldTest(
    `Status must be equal to 'Open'  in Sales Header: Document Type=Order, No.=${text(order.values, 'number')}. Current value is '${current}'.`
  );
}

function remove(kind: DocumentKind, scope: Scope, row: Row): void {
  if (kind.header === 'salesOrders') {
    const shipped = linesOf(scope, kind, row.id).find(
      ({ values }) => number(values, 'shippedQuantity') > number(values, 'invoicedQuantity')
    );
    if (shipped) throw dialog('You cannot delete the order because it has shipped lines that are not invoiced.');
    return;
  }
  if (!isDraft(row)) throw dialog(`The ${kind.caption.toLowerCase()} has been posted. You can no longer delete it.`);
}
