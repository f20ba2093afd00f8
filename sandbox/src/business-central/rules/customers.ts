import { dialog } from '../core/errors.js';
import { EMPTY_GUID, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import { localCurrency } from './company.js';
import { storeContact } from './contacts.js';
import { documentKinds } from './documents.js';
import { numbered } from './numbered.js';
import type { Draft, SetRules } from './types.js';

/** Posting groups that the template selection rules give to a new customer. */
const TEMPLATE = { $customerPostingGroup: 'DOMESTIC', $genBusPostingGroup: 'DOMESTIC' };

export const customerRules: SetRules = {
  insert(draft) {
    if (text(draft.given, 'displayName').trim() === '') throw dialog('A "displayName" must be provided.');
    numbered(draft, 'customers');
    localCurrencyUnlessGiven(draft);
    if (draft.scope.world.settings().templateRules) Object.assign(draft.values, TEMPLATE);
  },
  update({ given, values, before, scope }) {
    if ('displayName' in given && text(given, 'displayName').trim() === '')
      throw dialog('A "displayName" must be provided.');
    if ('number' in given && text(given, 'number') === '') throw dialog('No. must not be blank.');
    if (before && text(before.values, 'number') !== text(values, 'number'))
      rename(scope, before, text(values, 'number'));
  },
  remove(scope, row) {
    for (const kind of documentKinds) {
      const open = scope.world.store.find(scope.company, kind.header, (document) => document['customerId'] === row.id);
      if (open && text(open.values, 'status') !== 'Paid') throw dialog(outstanding(row, kind.caption));
    }
    if (scope.world.store.find(scope.company, '$customerLedger', (entry) => entry['customerId'] === row.id)) {
      throw dialog(`You cannot delete Customer ${text(row.values, 'number')} because it has ledger entries.`);
    }
  },
  after(scope, row, kind) {
    if (kind === 'insert') companyContact(scope, row);
  }
};

export function localCurrencyUnlessGiven({ scope, values }: Draft): void {
  if (text(values, 'currencyCode') === '') values['currencyCode'] = localCurrency(scope);
}

const outstanding = (row: Row, caption: string): string =>
  `You cannot delete Customer ${text(row.values, 'number')} because there is at least one outstanding Sales ${caption} for this customer.`;

/** A new number is a rename: whatever carries the old one follows. */
function rename(scope: Scope, before: Row, to: string): void {
  const { store } = scope.world;
  const from = text(before.values, 'number');
  for (const { header } of documentKinds) {
    for (const row of store.where(scope.company, header, (values) => values['customerNumber'] === from)) {
      store.update(row, { ...row.values, customerNumber: to });
    }
    for (const row of store.where(scope.company, header, (values) => values['billToCustomerNumber'] === from)) {
      store.update(row, { ...row.values, billToCustomerNumber: to });
    }
  }
}

/** Marketing Setup makes a company contact for each customer and relates the two. */
function companyContact(scope: Scope, customer: Row): void {
  const copied = [
    'displayName',
    'addressLine1',
    'addressLine2',
    'city',
    'state',
    'country',
    'postalCode',
    'phoneNumber',
    'email',
    'website'
  ];
  storeContact(scope, {
    ...Object.fromEntries(copied.map((name) => [name, customer.values[name] ?? ''])),
    type: 'Company',
    contactBusinessRelation: 'Customer',
    $customerId: customer.id,
    $vendorId: EMPTY_GUID,
    lastModifiedDateTime: stamp(scope.world)
  });
}
