import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { toAuditRow } from './auditRow';
import type { AuditRow } from './auditRow';
import { AUDIT_QUERY } from './auditQuery';
import type { AuditData } from './auditQuery';
import { FILTERS, NARROWED } from './filters';
import type { FilterName } from './filters';
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
  @api recordId: string | undefined;
  first = PAGE_SIZE;
  filter: FilterName = 'all';
  readonly filters = FILTERS;
  rows: AuditRow[] | undefined;
  hasMore = false;
  errors: unknown;
  label = { AUDIT_TITLE, AUDIT_EMPTY, AUDIT_EMPTY_STEP, AUDIT_NO_MATCH, AUDIT_FILTER, AUDIT_MORE, LOADING };
  private rerun: (() => Promise<unknown>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAudit({ data, errors, refresh }: GraphqlResult<AuditData>): void {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (!data) return;
    const { edges, pageInfo } = data.uiapi.query.Cosell_Audit__c;
    this.rows = edges.map(({ node }) => toAuditRow(node));
    this.hasMore = pageInfo.hasNextPage;
  }

  /** The adapter waits while there is no query. */
  get query(): GraphqlQuery {
    return this.recordId ? AUDIT_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return { recordId: this.recordId, first: this.first, ...NARROWED[this.filter] };
  }

  get isLoading(): boolean {
    return this.rows === undefined && !this.errors;
  }

  get isEmpty(): boolean {
    return this.rows?.length === 0 && this.filter === 'all';
  }

  get hasNoMatch(): boolean {
    return this.rows?.length === 0 && this.filter !== 'all';
  }

  /** A filter is worth its room once there is something to leave out. */
  get showsFilter(): boolean {
    return this.filter !== 'all' || (this.rows?.length ?? 0) > 1;
  }

  /** Shows entries written since the last look. */
  @api refresh(): void {
    this.rerun?.().catch(() => undefined);
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    this.filter = event.detail.value as FilterName;
    this.first = PAGE_SIZE;
  }

  handleMore(): void {
    this.first += PAGE_SIZE;
  }
}
