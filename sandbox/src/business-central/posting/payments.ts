import { dialog } from '../core/errors.js';
import { money, number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { nextNumber } from '../rules/number-series.js';
import type { Row } from '../store/row-store.js';
import { CUSTOMER_LEDGER, postCustomerEntry, reduceRemaining } from './customer-ledger.js';

/** A person posts a payment and applies it to an invoice: the invoice's open amount goes down, nothing else is written. */
export function payInvoice(scope: Scope, invoice: Row, amount?: number): void {
  const entry = scope.world.store.find(
    scope.company,
    CUSTOMER_LEDGER,
    (values) => values['documentNumber'] === invoice.values['number']
  );
  const open = entry ? number(entry.values, 'remaining') : 0;
  const paid = money(amount ?? open);
  if (!entry || paid <= 0 || paid > open)
    throw dialog(`The invoice has ${open} open; ${paid} cannot be applied to it.`);
  const documentNumber = nextNumber(scope, 'payments');
  postCustomerEntry(scope, {
    customerId: text(entry.values, 'customerId'),
    documentType: 'Payment',
    documentNumber,
    postingDate: today(scope.world),
    dueDate: today(scope.world),
    amount: -paid,
    currencyCode: text(entry.values, 'currencyCode'),
    sales: 0
  });
  reduceRemaining(scope, documentNumber, -paid);
  reduceRemaining(scope, text(invoice.values, 'number'), paid);
}
