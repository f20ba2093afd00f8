import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { WireResult } from '../../../data/adapter.js';
import { listColumns, listQuery, listRow, pageSize, readableColumns } from '../../../data/list-query.js';
import type { ListColumn, ListNode, ListRow } from '../../../data/list-query.js';
import { listView, listViews, listViewUrl } from '../../../data/list-views.js';
import { messageOf } from '../../../data/messages.js';
import type { ObjectInfo } from '../../../data/representations.js';

interface Connection {
  edges: { node: ListNode }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface ListData {
  uiapi: { query: Record<string, Connection> };
}

/** Milliseconds between the last key and the search, so that a word is one request. */
const searchDelay = 300;

/** A list view of an object: search by name, pages of 50. */
export default class ObjectList extends LightningElement {
  static override renderMode = 'light' as const;

  @api objectApiName = '';
  columns: ListColumn[] = [];
  query: string | undefined;
  labelPlural = '';
  connection: Connection | undefined;
  problem: string | undefined;
  search = '';
  /** Cursors that led to the pages so far; the last one leads to the page shown. */
  cursors: (string | null)[] = [null];
  private shownFilter = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  wiredInfo({ data, error }: WireResult<ObjectInfo>): void {
    if (error !== undefined) this.problem = messageOf(error);
    if (!data) return;
    this.columns = readableColumns(data);
    this.query = listQuery(data.apiName, this.columns);
    this.labelPlural = data.labelPlural;
    this.restart();
    document.title = `${data.labelPlural} | Salesforce`;
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredRows({ data, errors }: GraphqlResult): void {
    this.connection = (data as ListData | undefined)?.uiapi.query[this.objectApiName];
    this.problem = errors === undefined ? undefined : messageOf(errors);
  }

  /** API name of the list view; empty for all records. */
  @api
  get filterName(): string {
    return this.shownFilter;
  }

  set filterName(name: string) {
    this.shownFilter = name;
    this.restart();
  }

  get views(): object[] {
    const current = listView(this.objectApiName, this.filterName);
    return listViews(this.objectApiName).map((view) => ({
      name: view.name,
      label: view.label,
      url: listViewUrl(this.objectApiName, view),
      current: view.name === current.name ? 'page' : null
    }));
  }

  get hasViews(): boolean {
    return listViews(this.objectApiName).length > 1;
  }

  get heading(): string {
    const { name, label } = listView(this.objectApiName, this.filterName);
    return name === 'All' ? `All ${this.labelPlural}` : label;
  }

  get variables(): Record<string, unknown> {
    const found = this.search === '' ? {} : { Name: { like: `%${this.search.replace(/[%_\\]/g, '\\$&')}%` } };
    const where = { and: [listView(this.objectApiName, this.filterName).where, found] };
    return { where, first: pageSize, after: this.cursors.at(-1) };
  }

  get rows(): ListRow[] {
    return (this.connection?.edges ?? []).map(({ node }) => listRow(this.objectApiName, node, this.columns));
  }

  get iconName(): string {
    return listColumns[this.objectApiName]?.icon ?? 'standard:record';
  }

  get searchLabel(): string {
    return `Search ${this.labelPlural} by name`;
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.connection?.edges.length === 0;
  }

  get emptyText(): string {
    if (this.search !== '') return `No name contains “${this.search}”.`;
    return `There are no ${this.labelPlural.toLowerCase()} here yet.`;
  }

  get summary(): string {
    const total = this.connection?.totalCount;
    return total === undefined ? '' : `${total} ${total === 1 ? 'item' : 'items'} • Sorted by name`;
  }

  get range(): string {
    const start = (this.cursors.length - 1) * pageSize;
    return `${start + 1}–${start + this.rows.length} of ${this.connection?.totalCount ?? 0}`;
  }

  get isFirst(): boolean {
    return this.cursors.length === 1;
  }

  get isLast(): boolean {
    return !this.connection?.pageInfo.hasNextPage;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.search = event.detail.value.trim();
      this.restart();
    }, searchDelay);
  }

  handleNext(): void {
    this.cursors = [...this.cursors, this.connection?.pageInfo.endCursor ?? null];
  }

  handlePrevious(): void {
    this.cursors = this.cursors.slice(0, -1);
  }

  private restart(): void {
    this.cursors = [null];
  }
}
