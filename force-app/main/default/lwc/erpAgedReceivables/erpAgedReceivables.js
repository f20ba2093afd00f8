import { LightningElement, api } from 'lwc';
import { amount, day, number, text } from 'c/erpFormat';
import { formatLabel } from 'c/formatLabel';
import TITLE from '@salesforce/label/c.Erp_Aged_Title';
import AS_OF from '@salesforce/label/c.Erp_Aged_As_Of';
import CURRENT from '@salesforce/label/c.Erp_Aged_Current';
import PERIOD from '@salesforce/label/c.Erp_Aged_Period';
import AMOUNT from '@salesforce/label/c.Erp_Aged_Amount';
/** Each age has a pattern of its own: nobody has to tell colors apart. */
const FILLS = ['solid', 'wide', 'narrow', 'cross'];
const ROW = 14;
/** Credit of a customer is drawn to the left of the axis. */
const WIDTH = 100;
/** Receivables by age: a chart for the eye, and the same figures as a table for everybody. */
export default class ErpAgedReceivables extends LightningElement {
  @api
  statistics;
  label = { TITLE, PERIOD, AMOUNT };
  viewBox = `0 0 ${WIDTH} ${ROW * FILLS.length}`;
  get asOf() {
    return formatLabel(AS_OF, day(text(this.statistics?.Aged_As_Of__c)));
  }
  get bars() {
    const row = this.statistics;
    if (!row) return [];
    const entries = [
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
  get hasChart() {
    return this.bars.some(({ width }) => width > 0);
  }
}
