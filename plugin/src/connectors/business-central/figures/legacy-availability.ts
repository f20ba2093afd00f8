import type { Part } from '../../../erp/index.js';
import type { Address } from '../address.js';
import type { FiguresContext } from './context.js';
import { numberOf, quotedAll, readPartOf, textOf } from './context.js';

/**
 * Quantity on hand over all locations by item number, from the service `ProductItemAvailability` of older on-premises servers
 * (page 5390, marked obsolete in version 18): it lists only items that were coupled with a CRM on that side. The sign-in is the one
 * of the connection: a user and the web-service access key.
 */
export async function readLegacyAvailability(
  context: FiguresContext,
  { address, company }: { address: Address; company: string },
  itemNumbers: readonly string[]
): Promise<Part<ReadonlyMap<string, number>>> {
  if (address.kind !== 'onPremises') return { missing: 'NOT_IN_API' };
  const name = encodeURIComponent(company.replaceAll("'", "''"));
  const path = `${address.baseUrl.replace(/\/+$/, '')}/ODataV4/Company('${name}')/ProductItemAvailability`;
  const wanted = { field: 'ItemNo', values: quotedAll(itemNumbers), select: ['ItemNo', 'Inventory'] };
  const part = await readPartOf(context, path, wanted, 'NOT_READ');
  if ('missing' in part) return part;
  return { value: new Map(part.value.map((row) => [textOf(row, 'ItemNo'), numberOf(row, 'Inventory')])) };
}
