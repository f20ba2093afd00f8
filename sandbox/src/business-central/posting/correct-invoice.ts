import { dialog } from '../core/errors.js';
import { number, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp, today } from '../core/world.js';
import { kindOf, linesOf } from '../rules/documents.js';
import { nextNumber } from '../rules/number-series.js';
import type { Row } from '../store/row-store.js';
import { CUSTOMER_LEDGER, postCustomerEntry, reduceRemaining } from './customer-ledger.js';
import { moveGoods, shared } from './post-invoice.js';

function openDebt(scope: Scope, invoice: Row): number {
  const entry = scope.world.store.find(
    scope.company,
    CUSTOMER_LEDGER,
    (values) => values['documentNumber'] === invoice.values['number']
  );
  return entry ? number(entry.values, 'remaining') : 0;
}

/** `cancel`: a posted credit memo takes the invoice back, the goods return, nothing stays open. */
export function cancelInvoice(scope: Scope, invoice: Row): Row {
  const status = text(invoice.values, 'status');
  if (status !== 'Open') throw dialog('The action can be applied to a posted invoice only.');
  if (openDebt(scope, invoice) !== number(invoice.values, 'totalAmountIncludingTax')) {
    throw dialog('You cannot cancel this posted sales invoice because it is fully or partially paid.');
  }
  const memo = creditMemo(scope, invoice, 'Corrective');
  for (const line of linesOf(scope, kindOf('salesInvoices'), invoice.id)) {
    moveGoods(scope, memo, line, number(line.values, 'quantity'), 'Sales_x0020_Credit_x0020_Memo');
  }
  const total = number(invoice.values, 'totalAmountIncludingTax');
  postCustomerEntry(scope, {
    customerId: text(invoice.values, 'billToCustomerId'),
    documentType: 'Credit Memo',
    documentNumber: text(memo.values, 'number'),
    postingDate: today(scope.world),
    dueDate: today(scope.world),
    amount: -total,
    currencyCode: text(invoice.values, 'currencyCode'),
    sales: -number(invoice.values, 'totalAmountExcludingTax')
  });
  reduceRemaining(scope, text(invoice.values, 'number'), total);
  reduceRemaining(scope, text(memo.values, 'number'), -total);
  return scope.world.store.update(invoice, {
    ...invoice.values,
    status: 'Canceled',
    lastModifiedDateTime: stamp(scope.world)
  });
}

/** `makeCorrectiveCreditMemo`: a draft credit memo with the invoice's lines, for a person to finish. */
export function draftCreditMemo(scope: Scope, invoice: Row): Row {
  if (!['Open', 'Paid'].includes(text(invoice.values, 'status'))) {
    throw dialog('The action can be applied to a posted invoice only.');
  }
  return creditMemo(scope, invoice, 'Draft');
}

function creditMemo(scope: Scope, invoice: Row, status: 'Draft' | 'Corrective'): Row {
  const { store } = scope.world;
  const day = today(scope.world);
  const memo = store.insert(scope.company, 'salesCreditMemos', {
    ...shared(invoice.values, 'salesCreditMemos'),
    number: nextNumber(scope, status === 'Draft' ? 'salesCreditMemos' : 'postedCreditMemos'),
    creditMemoDate: day,
    postingDate: day,
    dueDate: day,
    status,
    invoiceId: invoice.id,
    invoiceNumber: text(invoice.values, 'number'),
    lastModifiedDateTime: stamp(scope.world)
  });
  for (const line of linesOf(scope, kindOf('salesInvoices'), invoice.id)) {
    store.insert(scope.company, 'salesCreditMemoLines', {
      ...shared(line.values, 'salesCreditMemoLines'),
      documentId: memo.id
    });
  }
  return memo;
}
