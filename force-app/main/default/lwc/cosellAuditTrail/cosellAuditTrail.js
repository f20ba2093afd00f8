import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { toAuditRow } from './auditRow';
import { AUDIT_QUERY } from './auditQuery';
import { FILTERS, NARROWED } from './filters';
import AUDIT_TITLE from '@salesforce/label/c.Cosell_Audit_Title';
import AUDIT_EMPTY from '@salesforce/label/c.Cosell_Audit_Empty';
import AUDIT_EMPTY_STEP from '@salesforce/label/c.Cosell_Audit_Empty_Step';
import AUDIT_NO_MATCH from '@salesforce/label/c.Cosell_Audit_No_Match';
import AUDIT_FILTER from '@salesforce/label/c.Cosell_Audit_Filter';
import AUDIT_MORE from '@salesforce/label/c.Cosell_Audit_More';
import LOADING from '@salesforce/label/c.Cosell_Loading';
const PAGE_SIZE = 10;
/** What was exchanged with Partner Center, newest first. */
export default class CosellAuditTrail extends LightningElement {
  @api
  recordId;
  first = PAGE_SIZE;
  filter = 'all';
  filters = FILTERS;
  rows;
  hasMore = false;
  errors;
  label = { AUDIT_TITLE, AUDIT_EMPTY, AUDIT_EMPTY_STEP, AUDIT_NO_MATCH, AUDIT_FILTER, AUDIT_MORE, LOADING };
  rerun;
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAudit({ data, errors, refresh }) {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (!data) return;
    const { edges, pageInfo } = data.uiapi.query.Cosell_Audit__c;
    this.rows = edges.map(({ node }) => toAuditRow(node));
    this.hasMore = pageInfo.hasNextPage;
  }
  /** The adapter waits while there is no query. */
  get query() {
    return this.recordId ? AUDIT_QUERY : undefined;
  }
  get variables() {
    return { recordId: this.recordId, first: this.first, ...NARROWED[this.filter] };
  }
  get isLoading() {
    return this.rows === undefined && !this.errors;
  }
  get isEmpty() {
    return this.rows?.length === 0 && this.filter === 'all';
  }
  get hasNoMatch() {
    return this.rows?.length === 0 && this.filter !== 'all';
  }
  /** A filter is worth its room once there is something to leave out. */
  get showsFilter() {
    return this.filter !== 'all' || (this.rows?.length ?? 0) > 1;
  }
  /** Shows entries written since the last look. */
  @api
  refresh() {
    this.rerun?.().catch(() => undefined);
  }
  handleFilter(event) {
    this.filter = event.detail.value;
    this.first = PAGE_SIZE;
  }
  handleMore() {
    this.first += PAGE_SIZE;
  }
}
