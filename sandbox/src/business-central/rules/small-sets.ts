import { dialog } from '../core/errors.js';
import { isEmptyGuid, text } from '../core/values.js';
import { today } from '../core/world.js';
import { localCurrencyUnlessGiven } from './customers.js';
import { numbered } from './numbered.js';
import type { Draft, SetRules } from './types.js';

export const vendorRules: SetRules = {
  insert(draft) {
    numbered(draft, 'vendors');
    localCurrencyUnlessGiven(draft);
    if (draft.scope.world.settings().templateRules) draft.values['$vendorPostingGroup'] = 'DOMESTIC';
  }
};

export const itemVariantRules: SetRules = {
  insert({ given, values }) {
    if (isEmptyGuid(given['itemId']) && text(given, 'itemNumber') === '') {
      throw dialog('An "itemId" or an "itemNumber" must be provided.');
    }
    if (text(values, 'code') === '') throw dialog('Code must not be blank.');
  }
};

/** Status, values and dates of an opportunity belong to its sales cycle and cannot be written. */
export const opportunityRules: SetRules = {
  insert(draft) {
    numbered(draft, 'opportunities');
    Object.assign(draft.values, { status: 'Not_x0020_Started', creationDate: today(draft.scope.world) });
    followContact(draft);
  },
  update(draft) {
    const { before, given } = draft;
    const over = ['Won', 'Lost'].includes(text(before?.values ?? {}, 'status'));
    const fixed = ['salespersonCode', 'contactNumber'].find(
      (name) => name in given && given[name] !== before?.values[name]
    );
    if (over && fixed) throw dialog(`The "${fixed}" cannot be changed once the opportunity is closed.`);
    followContact(draft);
  }
};

function followContact({ scope, values, given }: Draft): void {
  if (!('contactNumber' in given)) return;
  const number = text(given, 'contactNumber');
  const contact = scope.world.store.find(scope.company, 'contacts', (row) => row['number'] === number);
  values['contactName'] = contact ? text(contact.values, 'displayName') : '';
  values['contactCompanyName'] = contact ? text(contact.values, 'companyName') : '';
}

/** Payments wait in their journal until a person posts it. */
export const customerPaymentRules: SetRules = {
  insert({ scope, values, given }) {
    const journal = scope.world.store.get(scope.company, 'customerPaymentJournals', text(values, 'journalId'));
    if (!journal) throw dialog('You must specify a journal ID to create a journal line.');
    values['journalDisplayName'] = text(journal.values, 'code');
    const lines = scope.world.store.where(
      scope.company,
      'customerPayments',
      (line) => line['journalId'] === journal.id
    );
    if (!('lineNumber' in given)) {
      values['lineNumber'] = 10_000 + Math.max(0, ...lines.map((line) => Number(line.values['lineNumber'])));
    }
    if (!('postingDate' in given)) values['postingDate'] = today(scope.world);
    if (isEmptyGuid(given['appliesToInvoiceId'])) return;
    const invoice = scope.world.store.get(scope.company, 'salesInvoices', text(given, 'appliesToInvoiceId'));
    const posted = ['Open', 'Paid', 'Corrective', 'Canceled'].includes(text(invoice?.values ?? {}, 'status'));
    if (!invoice || !posted) throw dialog('The "appliesToInvoiceId" should be set to a posted invoice.');
    values['appliesToInvoiceNumber'] = text(invoice.values, 'number');
  }
};

/** Sets whose rows have a code that must be filled. */
export const codeRules: SetRules = {
  insert({ values }) {
    if (text(values, 'code').trim() === '') throw dialog('Code must have a value. It cannot be zero or empty.');
  },
  update({ given }) {
    if ('code' in given && text(given, 'code').trim() === '') {
      throw dialog('Code must have a value. It cannot be zero or empty.');
    }
  }
};
