/** Sum of open item ledger entries of an item at a location, in base units. */
export interface Stock {
  location: string;
  quantity: number;
}

/** What a document in the books will take or bring, in base units. */
export interface Movement {
  /** Code of the location; empty for goods without one. */
  location: string;
  kind: 'receipt' | 'shipment';
  quantity: number;
  /** `YYYY-MM-DD`; undefined where the document names none, which counts as due today. */
  date?: string | undefined;
}

/** A day on which the projected stock of a location changes. */
export interface ProjectionStep {
  /** `YYYY-MM-DD`. */
  date: string;
  /** Stock at the end of the day, once every document up to it was carried out. */
  stock: number;
  /** What can be promised from that day on without taking goods from a document that is due later. */
  promisable: number;
}

/** An item at a location, all quantities in base units. */
export interface LocationAvailability {
  location: string;
  onHand: number;
  /** Outstanding on purchase orders and inbound transfers, of any date. */
  onOrder: number;
  /** Outstanding on sales orders and outbound transfers, of any date. */
  committed: number;
  /** What can be promised today. */
  available: number;
  /** Part of `onOrder` whose date is over. */
  lateReceipts: number;
  /** From today on, in the order of days; never empty. */
  projection: readonly ProjectionStep[];
}

export interface AvailabilityRules {
  /** `YYYY-MM-DD`, the day of the books. */
  today: string;
  /**
   * Receipts whose date is over: `count` takes them as coming today, as Business Central's projected available balance does;
   * `leaveOut` promises nothing on them, as nobody knows when they come.
   * @default leaveOut
   */
  lateReceipts?: 'count' | 'leaveOut';
}

/** Quantities of Business Central have five decimals. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5 + 0;

const sum = (values: readonly number[]): number => rounded(values.reduce((total, value) => total + value, 0));

const quantityOf = (movements: readonly Movement[], kind: Movement['kind']): number =>
  sum(movements.filter((each) => each.kind === kind).map(({ quantity }) => quantity));

/** Change of stock by day; what is overdue falls on today. */
function changes(movements: readonly Movement[], { today, lateReceipts }: AvailabilityRules): Map<string, number> {
  const byDay = new Map<string, number>();
  for (const { kind, quantity, date } of movements) {
    const late = date !== undefined && date < today;
    if (kind === 'receipt' && late && lateReceipts !== 'count') continue;
    const day = date === undefined || late ? today : date;
    byDay.set(day, rounded((byDay.get(day) ?? 0) + (kind === 'receipt' ? quantity : -quantity)));
  }
  return byDay;
}

/** What can be promised from a day on is the least stock of that day and all later ones. */
function projectionOf(onHand: number, byDay: ReadonlyMap<string, number>, today: string): ProjectionStep[] {
  const days = [...new Set([today, ...byDay.keys()])].sort();
  let stock = onHand;
  const stocks = days.map((date) => ({ date, stock: (stock = rounded(stock + (byDay.get(date) ?? 0))) }));
  let least = Infinity;
  return stocks
    .reverse()
    .map((step) => ({ ...step, promisable: (least = Math.min(least, step.stock)) }))
    .reverse();
}

/**
 * Availability of one item at each location that has stock or documents, in the order of location codes: on hand + receipts −
 * shipments, projected day by day (Business Central: projected available balance; available to promise).
 */
export function availabilityOf(
  stock: readonly Stock[],
  movements: readonly Movement[],
  rules: AvailabilityRules
): LocationAvailability[] {
  const locations = [...new Set([...stock, ...movements].map(({ location }) => location))].sort();
  return locations.map((location) => {
    const here = movements.filter((each) => each.location === location);
    const onHand = sum(stock.filter((each) => each.location === location).map(({ quantity }) => quantity));
    const late = here.filter(({ kind, date }) => kind === 'receipt' && date !== undefined && date < rules.today);
    const projection = projectionOf(onHand, changes(here, rules), rules.today);
    return {
      location,
      onHand,
      onOrder: quantityOf(here, 'receipt'),
      committed: quantityOf(here, 'shipment'),
      available: projection[0]?.promisable ?? onHand,
      lateReceipts: quantityOf(late, 'receipt'),
      projection
    };
  });
}

/** The step that holds on a day; days before the first step are as the first. */
export function stepOn(projection: readonly ProjectionStep[], date: string): ProjectionStep | undefined {
  return projection.filter((step) => step.date <= date).at(-1) ?? projection[0];
}
