import { LightningElement, api } from 'lwc';
import type { Value } from 'c/erpFormat';
import { amount, day, number, text } from 'c/erpFormat';
import { formatLabel } from 'c/formatLabel';
import TITLE from '@salesforce/label/c.Erp_Aged_Title';
import AS_OF from '@salesforce/label/c.Erp_Aged_As_Of';
import CURRENT from '@salesforce/label/c.Erp_Aged_Current';
import PERIOD from '@salesforce/label/c.Erp_Aged_Period';
import AMOUNT from '@salesforce/label/c.Erp_Aged_Amount';

/** The fields of a row of statistics that are shown here. */
export type AgedFields = Record<
  'Aged_Current__c' | 'Aged_Period_1__c' | 'Aged_Period_2__c' | 'Aged_Period_3__c',
  Value<number>
> &
  Record<
    | 'Aged_As_Of__c'
    | 'Aged_Period_1_Label__c'
    | 'Aged_Period_2_Label__c'
    | 'Aged_Period_3_Label__c'
    | 'Currency_Code__c',
    Value<string>
  >;

interface Bar {
  key: string;
  label: string;
  value: string;
  /** Of the drawing, 0 to 100. */
  width: number;
  x: number;
  y: number;
  fill: string;
}

/** Each age has a pattern of its own: nobody has to tell colors apart. */
const FILLS = ['solid', 'wide', 'narrow', 'cross'];
const ROW = 14;
/** Credit of a customer is drawn to the left of the axis. */
const WIDTH = 100;

/** Receivables by age: a chart for the eye, and the same figures as a table for everybody. */
export default class ErpAgedReceivables extends LightningElement {
  @api statistics: AgedFields | undefined;
  label = { TITLE, PERIOD, AMOUNT };
  readonly viewBox = `0 0 ${WIDTH} ${ROW * FILLS.length}`;

  get asOf(): string {
    return formatLabel(AS_OF, day(text(this.statistics?.Aged_As_Of__c)));
  }

  get bars(): Bar[] {
    const row = this.statistics;
    if (!row) return [];
    const entries: [string, number][] = [
      [CURRENT, number(row.Aged_Current__c) ?? 0],
      [text(row.Aged_Period_1_Label__c), number(row.Aged_Period_1__c) ?? 0],
      [text(row.Aged_Period_2_Label__c), number(row.Aged_Period_2__c) ?? 0],
      [text(row.Aged_Period_3_Label__c), number(row.Aged_Period_3__c) ?? 0]
    ];
    const most = Math.max(0, ...entries.map(([, value]) => value));
    const least = Math.min(0, ...entries.map(([, value]) => value));
    const scale = WIDTH / (most - least || 1);
    const axis = -least * scale;
    return entries.map(([label, value], index) => ({
      key: String(index),
      label,
      value: amount(value, text(row.Currency_Code__c)),
      width: Math.abs(value) * scale,
      x: value < 0 ? axis + value * scale : axis,
      y: index * ROW + 2,
      fill: `bar ${FILLS[index]}`
    }));
  }

  /** A customer who owes nothing needs no chart. */
  get hasChart(): boolean {
    return this.bars.some(({ width }) => width > 0);
  }
}
