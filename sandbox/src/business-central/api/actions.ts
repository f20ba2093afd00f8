import { ApiFault } from '../core/errors.js';
import type { Scope } from '../core/world.js';
import { cancelInvoice, draftCreditMemo } from '../posting/correct-invoice.js';
import { postDraft } from '../posting/post-invoice.js';
import { postOrder } from '../posting/post-order.js';
import { receiveAndInvoice } from '../posting/purchases.js';
import { checkAddress, convertQuote, sendQuote } from '../posting/quotes.js';
import { text } from '../core/values.js';
import { dialog } from '../core/errors.js';
import type { Row } from '../store/row-store.js';
import type { Answer, ScopedCall } from './call.js';
import { checkToken } from './write.js';
import type { Target } from './target.js';

type Action = (scope: Scope, row: Row) => void;

/** Bound actions by type and name. The rest of `$metadata`'s 21 belong to purchasing, journals and the job queue. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'salesOrder.shipAndInvoice': (scope, order) => void postOrder(scope, order, { ship: true, invoice: true }),
  'salesQuote.makeOrder': (scope, quote) => void convertQuote(scope, quote, 'salesOrders'),
  'salesQuote.makeInvoice': (scope, quote) => void convertQuote(scope, quote, 'salesInvoices'),
  'salesQuote.send': sendQuote,
  'salesInvoice.post': (scope, invoice) => void postDraft(scope, invoice),
  'salesInvoice.postAndSend': (scope, invoice) => {
    checkAddress(invoice);
    postDraft(scope, invoice);
  },
  'salesInvoice.send': (_scope, invoice) => {
    checkAddress(invoice);
    if (text(invoice.values, 'status') === 'Canceled') throw dialog('A canceled invoice cannot be sent.');
  },
  'salesInvoice.cancel': (scope, invoice) => void cancelInvoice(scope, invoice),
  'salesInvoice.cancelAndSend': (scope, invoice) => {
    checkAddress(invoice);
    cancelInvoice(scope, invoice);
  },
  'salesInvoice.makeCorrectiveCreditMemo': (scope, invoice) => void draftCreditMemo(scope, invoice),
  'purchaseOrder.receiveAndInvoice': receiveAndInvoice
};

/** POST on a bound action: 204. The token is compared only if it is sent. */
export function act(call: ScopedCall, { set, row, action }: Extract<Target, { kind: 'action' }>): Answer {
  if (call.method !== 'POST') {
    throw new ApiFault(
      405,
      'BadRequest_MethodNotAllowed',
      `'${call.method}' requests for '${action}' are not allowed.`
    );
  }
  call.permit(set.name, 'write');
  checkToken(call, row, false);
  const run = ACTIONS[`${set.type}.${action}`];
  if (!run || !row.stored) {
    throw new ApiFault(
      501,
      'BadRequest_MethodNotImplemented',
      `The stand-in does not carry out ${set.name}.${action}.`
    );
  }
  const { stored } = row;
  call.scope.world.store.transaction(() => run(call.scope, stored));
  return { status: 204 };
}
