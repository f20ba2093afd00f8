import type { Part } from '../../../erp/index.js';
import type { FiguresContext } from './context.js';
import { numberOf, quotedAll, readPart, readPartOf, setPath, textOf } from './context.js';

/** An item as availability needs it. */
export interface ItemFacts {
  id: string;
  number: string;
  name: string;
  /** `Inventory`, `Service` or `Non-Inventory`, as the service writes them. */
  type: string;
  blocked: boolean;
  /** Base unit of measure. */
  unit: string;
}

export interface CustomerFacts {
  id: string;
  number: string;
  name: string;
  creditLimit: number;
}

/** What is looked for: by id where it is coupled, else by number. */
export interface Wanted {
  ids: readonly string[];
  numbers: readonly string[];
}

const ITEM = ['id', 'number', 'displayName', 'type', 'blocked', 'baseUnitOfMeasureCode'];
const CUSTOMER = ['id', 'number', 'displayName', 'creditLimit'];

async function lookUp<T extends { id: string }>(
  context: FiguresContext,
  set: string,
  { ids, numbers }: Wanted,
  fields: { select: string[]; to: (row: Record<string, never>) => T }
): Promise<Part<T[]>> {
  const path = setPath(context, set);
  const { select, to } = fields;
  const parts = await Promise.all([
    readPartOf(context, path, { field: 'id', values: ids, select }, 'NOT_READ'),
    readPartOf(context, path, { field: 'number', values: quotedAll(numbers), select }, 'NOT_READ')
  ]);
  const found = new Map<string, T>();
  for (const part of parts) {
    if ('missing' in part) return part;
    for (const row of part.value) found.set(String(row['id']), to(row as Record<string, never>));
  }
  return { value: [...found.values()] };
}

/** Items by id or number; those that are gone are absent. */
export const readItems = (context: FiguresContext, wanted: Wanted): Promise<Part<ItemFacts[]>> =>
  lookUp(context, 'items', wanted, {
    select: ITEM,
    to: (row) => ({
      id: textOf(row, 'id'),
      number: textOf(row, 'number'),
      name: textOf(row, 'displayName'),
      type: textOf(row, 'type'),
      blocked: row['blocked'] === true,
      unit: textOf(row, 'baseUnitOfMeasureCode')
    })
  });

/** Customers by id or number; those that are gone are absent. */
export const readCustomers = (context: FiguresContext, wanted: Wanted): Promise<Part<CustomerFacts[]>> =>
  lookUp(context, 'customers', wanted, {
    select: CUSTOMER,
    to: (row) => ({
      id: textOf(row, 'id'),
      number: textOf(row, 'number'),
      name: textOf(row, 'displayName'),
      creditLimit: numberOf(row, 'creditLimit')
    })
  });

/** Names of locations by code; none when they may not be read, as codes can be shown instead. */
export async function readLocations(context: FiguresContext): Promise<ReadonlyMap<string, string>> {
  const part = await readPart(context, setPath(context, 'locations'), { select: ['code', 'displayName'] }, 'NOT_READ');
  return new Map('value' in part ? part.value.map((row) => [textOf(row, 'code'), textOf(row, 'displayName')]) : []);
}

/** What the books of a company count in, and since when. */
export interface Books {
  /** Code of the local currency; undefined where it cannot be read. */
  currency: string | undefined;
  /** `YYYY-MM-DD`. */
  fiscalYearStart: string | undefined;
}

export async function readCompanyBooks(context: FiguresContext): Promise<Books> {
  const read = (set: string, select: string[]) => readPart(context, setPath(context, set), { select }, 'NOT_READ');
  const [information, setup] = await Promise.all([
    read('companyInformation', ['currencyCode', 'currentFiscalYearStartDate']),
    read('generalLedgerSetup', ['localCurrencyCode'])
  ]);
  const about = 'value' in information ? information.value[0] : undefined;
  const ledger = 'value' in setup ? setup.value[0] : undefined;
  const currency = textOf(ledger, 'localCurrencyCode') || textOf(about, 'currencyCode');
  const start = textOf(about, 'currentFiscalYearStartDate').slice(0, 10);
  return {
    currency: currency === '' ? undefined : currency,
    fiscalYearStart: start === '' || start === '0001-01-01' ? undefined : start
  };
}
