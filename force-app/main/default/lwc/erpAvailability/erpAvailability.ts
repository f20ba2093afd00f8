import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { text } from 'c/erpFormat';
import { formatLabel } from 'c/formatLabel';
import { productViews } from './products';
import type { ProductView } from './products';
import { AVAILABILITY_QUERY, PRODUCTS_QUERY } from './queries';
import type { AvailabilityData, AvailabilityNode, LineNode, ProductsData } from './queries';
import TITLE from '@salesforce/label/c.Erp_Availability_Title';
import EMPTY from '@salesforce/label/c.Erp_No_Products';
import LOCATION from '@salesforce/label/c.Erp_Location';
import ON_HAND from '@salesforce/label/c.Erp_On_Hand';
import ON_ORDER from '@salesforce/label/c.Erp_On_Order';
import COMMITTED from '@salesforce/label/c.Erp_Committed';
import AVAILABLE_NOW from '@salesforce/label/c.Erp_Available_Now';
import AVAILABLE_ON from '@salesforce/label/c.Erp_Available_On';
import READ from '@salesforce/label/c.Erp_Read';
import OPEN from '@salesforce/label/c.Erp_Open';
import SOURCE from '@salesforce/label/c.Erp_Source';
import LOADING from '@salesforce/label/c.Cosell_Loading';

/** How much of each product there is, where, and from when; and whether it is enough for this opportunity. */
export default class ErpAvailability extends LightningElement {
  @api recordId: string | undefined;
  /** Close date of the opportunity, `YYYY-MM-DD`. */
  @api dueBy = '';
  lines: LineNode[] | undefined;
  nodes: AvailabilityNode[] | undefined;
  errors: unknown;
  label = { TITLE, EMPTY, LOCATION, ON_HAND, ON_ORDER, COMMITTED, AVAILABLE_NOW, READ, OPEN, LOADING };
  private reruns: (() => Promise<unknown>)[] = [];

  @wire(graphql, { query: '$productsQuery', variables: '$productsVariables' })
  wiredProducts({ data, errors, refresh }: GraphqlResult<ProductsData>): void {
    if (refresh) this.reruns[0] = refresh;
    if (errors) this.errors = errors;
    if (data) this.lines = data.uiapi.query.OpportunityLineItem.edges.map(({ node }) => node);
  }

  @wire(graphql, { query: '$availabilityQuery', variables: '$availabilityVariables' })
  wiredAvailability({ data, errors, refresh }: GraphqlResult<AvailabilityData>): void {
    if (refresh) this.reruns[1] = refresh;
    if (errors) this.errors = errors;
    if (!data) return;
    this.errors = undefined;
    this.nodes = data.uiapi.query.ERP_Availability__c.edges.map(({ node }) => node);
  }

  /** The adapter waits while there is no query. */
  get productsQuery(): GraphqlQuery {
    return this.recordId ? PRODUCTS_QUERY : undefined;
  }

  get productsVariables(): Record<string, unknown> {
    return { recordId: this.recordId };
  }

  get availabilityQuery(): GraphqlQuery {
    return this.productIds.length > 0 ? AVAILABILITY_QUERY : undefined;
  }

  get availabilityVariables(): Record<string, unknown> {
    return { products: this.productIds };
  }

  private get productIds(): string[] {
    return [...new Set((this.lines ?? []).map((line) => text(line.Product2Id)))].filter((id) => id !== '');
  }

  get isLoading(): boolean {
    return !this.errors && (this.lines === undefined || (this.productIds.length > 0 && this.nodes === undefined));
  }

  get isEmpty(): boolean {
    return this.lines !== undefined && this.productIds.length === 0;
  }

  get products(): (ProductView & { hasRows: boolean; availableOn: string; caption: string; sourceText: string })[] {
    if (!this.nodes || !this.lines) return [];
    const today = new Date().toISOString().slice(0, 10);
    return productViews(this.lines, this.nodes, this.dueBy, today).map((view) => ({
      ...view,
      hasRows: view.rows.length > 0,
      availableOn: formatLabel(AVAILABLE_ON, view.neededOn),
      caption: `${TITLE}: ${view.name}`,
      sourceText: formatLabel(SOURCE, view.source)
    }));
  }

  /** Shows what was written since the last look. */
  @api refresh(): void {
    for (const rerun of this.reruns) rerun?.().catch(() => undefined);
  }
}
