import { NOTHING, day, number, quantity, text, time } from 'c/erpFormat';
import { reasonText } from 'c/erpReasons';
import { formatLabel } from 'c/formatLabel';
import type { AvailabilityNode, LineNode } from './queries';
import WANTED from '@salesforce/label/c.Erp_Wanted';
import ENOUGH from '@salesforce/label/c.Erp_Enough';
import SHORT from '@salesforce/label/c.Erp_Short';
import ENOUGH_FROM from '@salesforce/label/c.Erp_Enough_From';
import NEVER_ENOUGH from '@salesforce/label/c.Erp_Never_Enough';
import LATE from '@salesforce/label/c.Erp_Late';
import NO_LOCATION from '@salesforce/label/c.Erp_No_Location';
import ALL_LOCATIONS from '@salesforce/label/c.Erp_All_Locations';
import NO_FIGURES from '@salesforce/label/c.Erp_No_Figures';

interface Step {
  date: string;
  promisable: number;
}

/** What the table shows of a location, formatted. */
export interface LocationRow {
  key: string;
  name: string;
  onHand: string;
  onOrder: string;
  committed: string;
  now: string;
  then: string;
}

/** A product of the opportunity, ready to be shown. */
export interface ProductView {
  id: string;
  name: string;
  wanted: string;
  /** Header of the column for the day it is needed. */
  neededOn: string;
  rows: LocationRow[];
  total: LocationRow | undefined;
  /** Icon and sentence; undefined where nothing can be said. */
  verdict: { icon: string; variant: 'success' | 'warning'; text: string; isWarning: boolean } | undefined;
  reason: string;
  late: string;
  asOf: number | undefined;
  source: string;
  link: string;
}

/** Lines `day stock promisable`, as the service writes them. */
function stepsOf(node: AvailabilityNode): Step[] {
  return text(node.Projection__c)
    .split('\n')
    .flatMap((line) => {
      const [date = '', , promisable] = line.split(' ');
      return /^\d{4}-\d{2}-\d{2}$/.test(date) ? [{ date, promisable: Number(promisable) }] : [];
    });
}

const promisableOn = (steps: readonly Step[], date: string): number =>
  (steps.filter((step) => step.date <= date).at(-1) ?? steps[0])?.promisable ?? 0;

/** What all locations together can promise on a day; what one of them lacks has to come from the others. */
const totalOn = (all: readonly Step[][], date: string): number =>
  all.reduce((sum, steps) => sum + promisableOn(steps, date), 0);

const sumOf = (nodes: readonly AvailabilityNode[], field: 'On_Hand__c' | 'On_Order__c' | 'Committed__c'): number =>
  nodes.reduce((sum, node) => sum + (number(node[field]) ?? 0), 0);

const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

function verdictOf(all: readonly Step[][], wanted: number, date: string): ProductView['verdict'] {
  const missing = rounded(wanted - totalOn(all, date));
  if (missing <= 0) return { icon: 'utility:success', variant: 'success', text: ENOUGH, isWarning: false };
  const later = [...new Set(all.flat().map((step) => step.date))]
    .sort()
    .find((each) => each > date && totalOn(all, each) >= wanted);
  const then = later === undefined ? NEVER_ENOUGH : formatLabel(ENOUGH_FROM, day(later));
  return {
    icon: 'utility:warning',
    variant: 'warning',
    text: `${formatLabel(SHORT, quantity(missing), day(date))} ${then}`,
    isWarning: true
  };
}

function productView(
  id: string,
  lines: readonly LineNode[],
  nodes: readonly AvailabilityNode[],
  dueBy: string,
  today: string
): ProductView {
  const wanted = lines.reduce((sum, line) => sum + (number(line.Quantity) ?? 0), 0);
  const dates = lines.map((line) => text(line.ServiceDate) || dueBy).filter((date) => date !== '');
  const earliest = dates.sort()[0] ?? today;
  const date = earliest < today ? today : earliest;
  const reason = nodes.map((node) => text(node.Not_Available_Reason__c)).find((code) => code !== '') ?? '';
  const known = reason === '' ? nodes : [];
  const steps = known.map(stepsOf);
  const unit = text(nodes[0]?.Unit__c);
  const late = known.reduce((sum, node) => sum + (number(node.Late_Receipts__c) ?? 0), 0);
  const rows = known.map((node, index): LocationRow => ({
    key: node.Id,
    name: text(node.Location_Name__c) || NO_LOCATION,
    onHand: quantity(number(node.On_Hand__c)),
    onOrder: quantity(number(node.On_Order__c)),
    committed: quantity(number(node.Committed__c)),
    now: quantity(number(node.Available__c)),
    then: quantity(promisableOn(steps[index] ?? [], date))
  }));
  return {
    id,
    name: text(lines[0]?.Product2?.Name),
    wanted: formatLabel(WANTED, `${quantity(wanted)} ${unit}`.trim(), day(date)),
    neededOn: day(date),
    rows,
    total:
      rows.length > 1
        ? {
            key: 'total',
            name: ALL_LOCATIONS,
            onHand: quantity(rounded(sumOf(known, 'On_Hand__c'))),
            onOrder: quantity(rounded(sumOf(known, 'On_Order__c'))),
            committed: quantity(rounded(sumOf(known, 'Committed__c'))),
            now: quantity(rounded(totalOn(steps, today))),
            then: quantity(rounded(totalOn(steps, date)))
          }
        : undefined,
    verdict: known.length === 0 ? undefined : verdictOf(steps, wanted, date),
    reason: nodes.length === 0 ? NO_FIGURES : reasonText(reason),
    late: late > 0 ? formatLabel(LATE, quantity(rounded(late))) : '',
    asOf: time(text(nodes[0]?.As_Of__c)),
    source: text(nodes[0]?.Source__c) || NOTHING,
    link: text(nodes[0]?.Link__c)
  };
}

/**
 * The products of an opportunity, once each, with what is available of them.
 * @param dueBy close date of the opportunity, for lines without a date of their own; `YYYY-MM-DD`
 * @param today `YYYY-MM-DD`
 */
export function productViews(
  lines: readonly LineNode[],
  nodes: readonly AvailabilityNode[],
  dueBy: string,
  today: string
): ProductView[] {
  const ids = [...new Set(lines.map((line) => text(line.Product2Id)))].filter((id) => id !== '');
  return ids.map((id) =>
    productView(
      id,
      lines.filter((line) => text(line.Product2Id) === id),
      nodes.filter((node) => text(node.Product__c) === id),
      dueBy,
      today
    )
  );
}
