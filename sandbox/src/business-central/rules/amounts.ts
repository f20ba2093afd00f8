import type { Values } from '../core/values.js';
import { money, number } from '../core/values.js';

/** Amounts of one document line; two decimals. */
export interface LineAmounts {
  discountAmount: number;
  discountPercent: number;
  amountExcludingTax: number;
  totalTaxAmount: number;
  amountIncludingTax: number;
  invoiceDiscountAllocation: number;
  netAmount: number;
  netTaxAmount: number;
  netAmountIncludingTax: number;
}

/**
 * Amounts of a line. `discountBy` says which of the two discount fields the writer set; the other follows.
 * `invoiceDiscount` is the line's part of the discount of the whole document.
 */
export function lineAmounts(
  line: Values,
  {
    discountBy,
    invoiceDiscount,
    pricesIncludeTax
  }: { discountBy: 'amount' | 'percent'; invoiceDiscount: number; pricesIncludeTax: boolean }
): LineAmounts {
  const gross = money(number(line, 'quantity') * number(line, 'unitPrice'));
  const share = number(line, 'taxPercent') / 100;
  const discountAmount =
    discountBy === 'amount'
      ? money(number(line, 'discountAmount'))
      : money((gross * number(line, 'discountPercent')) / 100);
  const discountPercent = discountBy === 'percent' ? number(line, 'discountPercent') : percent(discountAmount, gross);
  const rest = gross - discountAmount;
  const excluding = pricesIncludeTax ? money(rest / (1 + share)) : money(rest);
  const including = pricesIncludeTax ? money(rest) : money(excluding * (1 + share));
  const net = money(excluding - invoiceDiscount);
  const netTax = money(net * share);
  return {
    discountAmount,
    discountPercent,
    amountExcludingTax: excluding,
    totalTaxAmount: money(including - excluding),
    amountIncludingTax: including,
    invoiceDiscountAllocation: invoiceDiscount,
    netAmount: net,
    netTaxAmount: netTax,
    netAmountIncludingTax: money(net + netTax)
  };
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1e7) / 1e5);

/** Shares an amount out by weight; what rounding leaves over goes to the last part that has a weight. */
export function shareOut(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => money((amount * weight) / total));
  const last = weights.findLastIndex((weight) => weight !== 0);
  const others = parts.reduce((sum, part, index) => (index === last ? sum : sum + part), 0);
  return parts.map((part, index) => (index === last ? money(amount - others) : part));
}
