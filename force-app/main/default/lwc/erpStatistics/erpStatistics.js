import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { NOTHING, amount, day, number, quantity, text, time } from 'c/erpFormat';
import { readLines, reasonText } from 'c/erpReasons';
import { formatLabel } from 'c/formatLabel';
import { DEFINITIONS } from './definitions';
import { STATISTICS_QUERY } from './query';
import TITLE from '@salesforce/label/c.Erp_Statistics_Title';
import NO_FIGURES from '@salesforce/label/c.Erp_No_Figures';
import IN_CURRENCY from '@salesforce/label/c.Erp_In_Currency';
import OPEN from '@salesforce/label/c.Erp_Open';
import OPEN_ORDERS from '@salesforce/label/c.Erp_Open_Orders';
import SINCE from '@salesforce/label/c.Erp_Since';
import SOURCE from '@salesforce/label/c.Erp_Source';
import READ from '@salesforce/label/c.Erp_Read';
import LOADING from '@salesforce/label/c.Cosell_Loading';
/** What Business Central knows of an account in figures, each with its definition, its source and the page behind it. */
export default class ErpStatistics extends LightningElement {
  @api
  accountId;
  nodes;
  errors;
  label = { TITLE, NO_FIGURES, READ, LOADING };
  rerun;
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredStatistics({ data, errors, refresh }) {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (data) this.nodes = data.uiapi.query.ERP_Account_Statistics__c.edges.map(({ node }) => node);
  }
  /** The adapter waits while there is no query. */
  get query() {
    return this.accountId ? STATISTICS_QUERY : undefined;
  }
  get variables() {
    return { accountId: this.accountId };
  }
  get isLoading() {
    return !this.errors && this.nodes === undefined;
  }
  get isEmpty() {
    return this.nodes?.length === 0;
  }
  get companies() {
    return (this.nodes ?? []).map((node) => {
      const missing = readLines(text(node.Not_Available__c));
      const links = readLines(text(node.Links__c));
      const known = !missing.has('customer');
      return {
        id: node.Id,
        node,
        about: known ? formatLabel(IN_CURRENCY, text(node.Currency_Code__c) || NOTHING, text(node.Company__c)) : '',
        reason: known ? '' : reasonText(missing.get('customer') ?? ''),
        figures: known ? DEFINITIONS.map((each) => figure(each, node, missing, links)) : [],
        asOf: time(text(node.As_Of__c)),
        hasAged: known && !missing.has('aged')
      };
    });
  }
  /** Shows what was written since the last look. */
  @api
  refresh() {
    this.rerun?.().catch(() => undefined);
  }
}
function valueOf({ name, field }, node) {
  const currency = text(node.Currency_Code__c);
  if (name === 'customer') return `${text(node.Customer_Name__c)} (${text(node.Customer_Number__c)})`;
  if (name === 'overdueAsOf') return day(text(node.Overdue_As_Of__c));
  if (field === undefined) return NOTHING;
  const value = amount(number(node[field]), currency);
  if (value === NOTHING) return value;
  const orders = number(node.Open_Order_Count__c);
  if (name === 'outstandingOrders' && orders !== null) return `${value}, ${formatLabel(OPEN_ORDERS, quantity(orders))}`;
  if (name === 'totalSales') return `${value}, ${formatLabel(SINCE, day(text(node.Sales_From__c)))}`;
  return value;
}
function figure(definition, node, missing, links) {
  const { name, label, source, link } = definition;
  return {
    name,
    label,
    help: source === undefined ? definition.definition : `${definition.definition} ${formatLabel(SOURCE, source)}`,
    value: missing.has(name) ? NOTHING : valueOf(definition, node),
    reason: reasonText(missing.get(name) ?? ''),
    link: link === undefined || missing.has(name) ? undefined : links.get(link),
    linkTitle: formatLabel(OPEN, label)
  };
}
