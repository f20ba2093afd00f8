import type { CustomerFacts, FiguresContext, ItemFacts } from '../../connectors/business-central/index.js';
import { figures } from '../../connectors/business-central/index.js';
import type { FigureRow, OrgCandidate } from '../../connectors/salesforce/index.js';
import type { Match, Part } from '../../erp/index.js';
import { availabilityOf, counterpartOf, statisticsOf } from '../../erp/index.js';
import type { Clock } from '../../ports/clock.js';
import type { ErpSettings } from './settings.js';
import type { RowContext } from './rows.js';
import { availabilityRow, emptyAvailability, emptyStatistics, legacyRow, statisticsRow } from './rows.js';

export interface ReaderInput {
  context: FiguresContext;
  rules: ErpSettings;
  clock: Clock;
  /** What rows say about where they come from. */
  about: Omit<RowContext, 'asOf' | 'currency'>;
  /** Quantity on hand by item number, of older on-premises servers. */
  legacy: (itemNumbers: readonly string[]) => Promise<Part<ReadonlyMap<string, number>>>;
}

/** Figures of one company of Business Central as rows of the org. */
export interface ErpReader {
  /** @param keepEmpty rows for records without a counterpart too, which say why */
  statistics(accounts: readonly OrgCandidate[], keepEmpty: boolean): Promise<FigureRow[]>;
  availability(products: readonly OrgCandidate[]): Promise<FigureRow[]>;
}

const wantedOf = (candidates: readonly OrgCandidate[]): { ids: string[]; numbers: string[] } => ({
  ids: [...new Set(candidates.flatMap(({ coupledId }) => (coupledId === undefined ? [] : [coupledId])))],
  numbers: [
    ...new Set(candidates.flatMap(({ coupledId, number }) => (coupledId === undefined && number ? [number] : [])))
  ]
});

const matchAll = <T extends { id: string; number: string }>(
  candidates: readonly OrgCandidate[],
  all: Part<T[]>
): [OrgCandidate, Match<T> | { reason: 'NOT_READ' }][] =>
  candidates.map((candidate) => [
    candidate,
    'missing' in all ? { reason: 'NOT_READ' } : counterpartOf(candidate, all.value)
  ]);

/** The day of the books, in UTC as the stamps of the service. */
const dayOf = (clock: Clock): string => new Date(clock.now()).toISOString().slice(0, 10);

export function erpReader({ context, rules, clock, about, legacy }: ReaderInput): ErpReader {
  const rowContext = (currency?: string): RowContext => ({
    ...about,
    asOf: new Date(clock.now()).toISOString(),
    ...(currency === undefined ? {} : { currency })
  });

  const stocked = async (found: readonly [OrgCandidate, ItemFacts][], row: RowContext): Promise<FigureRow[]> => {
    const numbers = [...new Set(found.map(([, item]) => item.number))];
    if (numbers.length === 0) return [];
    if (rules.availability === 'legacy') {
      const onHand = await legacy(numbers);
      return found.map(([product, item]) =>
        'missing' in onHand
          ? emptyAvailability(row, product, onHand.missing, item)
          : legacyRow(row, product, item, onHand.value.get(item.number))
      );
    }
    const [books, locations] = await Promise.all([figures.readBooks(context, numbers), figures.readLocations(context)]);
    return found.flatMap(([product, item]) => {
      if ('missing' in books) return [emptyAvailability(row, product, books.missing, item)];
      const { stock = [], movements = [] } = books.value.get(item.number) ?? {};
      const rows = availabilityOf(stock, movements, { today: dayOf(clock), lateReceipts: rules.lateReceipts });
      const nowhere = { location: '', onHand: 0, onOrder: 0, committed: 0, available: 0, lateReceipts: 0 };
      const none = { ...nowhere, projection: [{ date: dayOf(clock), stock: 0, promisable: 0 }] };
      return (rows.length > 0 ? rows : [none]).map((each) => availabilityRow(row, product, item, each, locations));
    });
  };

  return {
    availability: async (products) => {
      if (products.length === 0) return [];
      const items = await figures.readItems(context, wantedOf(products));
      const row = rowContext();
      const rows: FigureRow[] = [];
      const found: [OrgCandidate, ItemFacts][] = [];
      for (const [product, match] of matchAll(products, items)) {
        if ('reason' in match) rows.push(emptyAvailability(row, product, match.reason));
        else if (match.found.type !== 'Inventory')
          rows.push(emptyAvailability(row, product, 'NOT_STOCKED', match.found));
        else if (match.found.blocked) rows.push(emptyAvailability(row, product, 'BLOCKED', match.found));
        else found.push([product, match.found]);
      }
      return [...rows, ...(await stocked(found, row))];
    },

    statistics: async (accounts, keepEmpty) => {
      if (accounts.length === 0) return [];
      const customers = await figures.readCustomers(context, wantedOf(accounts));
      const matches = matchAll(accounts, customers);
      const found = matches.flatMap(([account, match]): [OrgCandidate, CustomerFacts][] =>
        'found' in match ? [[account, match.found]] : []
      );
      const books = await figures.readCompanyBooks(context);
      const all = [...new Map(found.map(([, customer]) => [customer.id, customer])).values()];
      const read = all.length === 0 ? undefined : await figures.readCustomerFigures(context, all, books, dayOf(clock));
      const row = rowContext(books.currency);
      return matches.flatMap(([account, match]) => {
        if ('reason' in match) return keepEmpty ? [emptyStatistics(row, account, match.reason)] : [];
        const own = read?.get(match.found.id);
        return own === undefined ? [] : [statisticsRow(row, account, statisticsOf(own, dayOf(clock)))];
      });
    }
  };
}
