import { requiredSet } from '../contract/model.js';
import { dialog } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { money, number } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import type { LineAmounts } from './amounts.js';
import { lineAmounts, shareOut } from './amounts.js';
import type { DocumentKind } from './documents.js';
import { linesOf } from './documents.js';

const sum = (rows: readonly Values[], field: string): number =>
  money(rows.reduce((total, values) => total + number(values, field), 0));

/** Reckons the document anew after a line or its discount changed, and stores what is different. */
export function recompute(scope: Scope, kind: DocumentKind, headerId: string): void {
  const { store } = scope.world;
  const header = store.get(scope.company, kind.header, headerId);
  if (!header) return;
  const lines = linesOf(scope, kind, headerId);
  const pricesIncludeTax = header.values['pricesIncludeTax'] === true;
  const amounts = lines.map((line) => plain(line.values, pricesIncludeTax));
  const weights = amounts.map((line) => line.amountExcludingTax);
  const discount = number(header.values, 'discountAmount');
  const total = money(weights.reduce((all, weight) => all + weight, 0));
  if (discount > 0 && lines.length > 0 && discount > total) {
    throw dialog(`The invoice discount amount cannot be more than the total of the lines, which is ${total}.`);
  }
  const parts = shareOut(discount, weights);
  const values = lines.map((line, index) => withDiscount(line, pricesIncludeTax, parts[index] ?? 0));
  for (const [index, line] of lines.entries()) storeIfChanged(scope, line, values[index] ?? line.values);
  storeIfChanged(scope, header, { ...header.values, ...totals(kind, values) });
}

function plain(line: Values, pricesIncludeTax: boolean): LineAmounts {
  return lineAmounts(line, { discountBy: discountBy(line), invoiceDiscount: 0, pricesIncludeTax });
}

const discountBy = (line: Values): 'amount' | 'percent' => (line['$discountBy'] === 'amount' ? 'amount' : 'percent');

function withDiscount(line: Row, pricesIncludeTax: boolean, invoiceDiscount: number): Values {
  const amounts = lineAmounts(line.values, { discountBy: discountBy(line.values), invoiceDiscount, pricesIncludeTax });
  const known = Object.entries(amounts).filter(([name]) => requiredSet(line.set).properties.has(name));
  return { ...line.values, ...Object.fromEntries(known) };
}

function totals(kind: DocumentKind, lines: readonly Values[]): Values {
  const fullyShipped =
    lines.length > 0 && lines.every((line) => number(line, 'shippedQuantity') >= number(line, 'quantity'));
  return {
    totalAmountExcludingTax: sum(lines, 'netAmount'),
    totalTaxAmount: sum(lines, 'netTaxAmount'),
    totalAmountIncludingTax: sum(lines, 'netAmountIncludingTax'),
    ...(kind.header === 'salesOrders' ? { fullyShipped } : {}),
    ...(kind.header === 'salesInvoices' ? { remainingAmount: 0 } : {})
  };
}

/** A write that changes nothing would move the row's ETag for nothing. */
export function storeIfChanged(scope: Scope, row: Row, values: Values): void {
  if (Object.entries(values).every(([name, value]) => row.values[name] === value)) return;
  const shown: Values = 'lastModifiedDateTime' in values ? { lastModifiedDateTime: stamp(scope.world) } : {};
  scope.world.store.update(row, { ...values, ...shown });
}
