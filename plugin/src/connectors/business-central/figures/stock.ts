import type { Movement, Part, Stock } from '../../../erp/index.js';
import type { JsonObject } from '../../../ports/json.js';
import type { FiguresContext } from './context.js';
import { analyticsPath, dateOf, grouped, numberOf, quotedAll, readPartOf, textOf } from './context.js';

/** What the books say of one item. */
export interface ItemBooks {
  stock: readonly Stock[];
  movements: readonly Movement[];
}

const SETS = {
  itemLedgerEntries: { select: ['itemNo', 'locationCode', 'remainingQuantity', 'open'], filter: 'open eq true' },
  outstandingSalesLines: { select: ['itemNo', 'locationCode', 'outstandingQtyBase', 'shipmentDate'] },
  outstandingPurchaseLines: { select: ['itemNo', 'locationCode', 'outstandingQtyBase', 'expectedReceiptDate'] },
  transferLines: {
    select: [
      ...['itemNo', 'transferFromLocationCode', 'inTransitLocationCode', 'transferToLocationCode'],
      ...['qtyInTransitBase', 'outstandingQtyBase', 'shipmentDate', 'receiptDate']
    ]
  }
} as const satisfies Record<string, { select: readonly string[]; filter?: string }>;

type SetName = keyof typeof SETS;

const sales = (row: JsonObject): Movement => ({
  kind: 'shipment',
  location: textOf(row, 'locationCode'),
  quantity: numberOf(row, 'outstandingQtyBase'),
  date: dateOf(row, 'shipmentDate')
});

const purchase = (row: JsonObject): Movement => ({
  kind: 'receipt',
  location: textOf(row, 'locationCode'),
  quantity: numberOf(row, 'outstandingQtyBase'),
  date: dateOf(row, 'expectedReceiptDate')
});

/** What is not shipped yet leaves one location; that and what is on its way reaches the other. */
function transfer(row: JsonObject): Movement[] {
  const toShip = numberOf(row, 'outstandingQtyBase');
  const toCome = toShip + numberOf(row, 'qtyInTransitBase');
  const from = { kind: 'shipment' as const, quantity: toShip, date: dateOf(row, 'shipmentDate') };
  const to = { kind: 'receipt' as const, quantity: toCome, date: dateOf(row, 'receiptDate') };
  return [
    { ...from, location: textOf(row, 'transferFromLocationCode') },
    { ...to, location: textOf(row, 'transferToLocationCode') }
  ].filter(({ quantity }) => quantity > 0);
}

/** Where goods are while they travel: nobody can sell from there, and they arrive with their transfer. */
const inTransit = (rows: readonly JsonObject[]): ReadonlySet<string> =>
  new Set(rows.map((row) => textOf(row, 'inTransitLocationCode')).filter((code) => code !== ''));

/**
 * Stock and documents of items, by item number, from four sets of the Analytics API. Assembly, production, service and job
 * lines are not counted, as no common set of the API carries them.
 * @returns why there is nothing when the API refuses one of the sets: half the books would be wrong figures
 */
export async function readBooks(
  context: FiguresContext,
  itemNumbers: readonly string[]
): Promise<Part<ReadonlyMap<string, ItemBooks>>> {
  const values = quotedAll(itemNumbers);
  const read = async (set: SetName): Promise<Part<JsonObject[]>> => {
    const { select, ...filter } = SETS[set];
    const wanted = { field: 'itemNo', values, select: [...select], ...filter };
    return readPartOf(context, analyticsPath(context, set), wanted, 'ANALYTICS_MISSING');
  };
  const parts = await Promise.all((Object.keys(SETS) as SetName[]).map(read));
  const missing = parts.find((part) => 'missing' in part);
  if (missing && 'missing' in missing) return missing;
  const [entries = [], sold = [], bought = [], moved = []] = parts.map((part) => ('value' in part ? part.value : []));
  const travelling = inTransit(moved);
  const byItem = [entries, sold, bought, moved].map((rows) => grouped(rows, 'itemNo'));
  return {
    value: new Map(
      itemNumbers.map((item): [string, ItemBooks] => {
        const [own = [], shipments = [], receipts = [], transfers = []] = byItem.map((rows) => rows.get(item) ?? []);
        return [
          item,
          {
            stock: stockOf(own, travelling),
            movements: [...shipments.map(sales), ...receipts.map(purchase), ...transfers.flatMap(transfer)]
          }
        ];
      })
    )
  };
}

const stockOf = (entries: readonly JsonObject[], travelling: ReadonlySet<string>): Stock[] =>
  [...grouped(entries, 'locationCode')]
    .filter(([location]) => !travelling.has(location))
    .map(([location, rows]) => ({
      location,
      quantity: rows.reduce((total, row) => total + numberOf(row, 'remainingQuantity'), 0)
    }));
