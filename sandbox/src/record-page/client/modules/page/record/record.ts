import { LightningElement, api, wire } from 'lwc';
import { regions as accountPage } from 'virtual:account-page';
import { regions as opportunityPage } from 'virtual:opportunity-page';
import { getRecord } from 'lightning/uiRecordApi';
import type { WireResult } from '../../../data/adapter.js';
import { messageOf } from '../../../data/messages.js';
import type { PageItem } from '../../../data/page-item.js';
import type { RecordRepresentation } from '../../../data/representations.js';

type Regions = Readonly<Record<string, readonly PageItem[]>>;

/** What the App Builder gives an object without a Lightning page of its own: highlights and details. */
const standardPage: Regions = {
  header: [{ key: 'highlights', name: 'force:highlightsPanel', properties: {} }],
  main: [
    {
      key: 'tabs',
      name: 'flexipage:tabset',
      properties: {},
      children: [
        tab('details', 'Standard.Tab.detail', 'force:detailPanel'),
        tab('related', 'Standard.Tab.relatedLists', 'force:relatedListContainer')
      ]
    }
  ]
};

/** Objects with a Lightning page of their own. */
const pages: Readonly<Record<string, Regions>> = { Account: accountPage, Opportunity: opportunityPage };

/** A record page: the regions of the object's Lightning page, filled. */
export default class RecordPage extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  @api objectApiName = '';
  problem: string | undefined;
  nameFields: string[] = [];

  override connectedCallback(): void {
    this.nameFields = [`${this.objectApiName}.Name`];
  }

  @wire(getRecord, { recordId: '$recordId', fields: '$wiredFields' })
  wiredRecord({ data, error }: WireResult<RecordRepresentation>): void {
    this.problem = error === undefined ? undefined : messageOf(error);
    const name = data?.fields['Name']?.value;
    if (typeof name === 'string') document.title = `${name} | ${this.objectApiName} | Salesforce`;
  }

  get wiredFields(): string[] | undefined {
    return this.nameFields.length > 0 ? this.nameFields : undefined;
  }

  get isOpportunity(): boolean {
    return this.objectApiName === 'Opportunity';
  }

  get header(): readonly PageItem[] {
    return this.regions['header'] ?? [];
  }

  get main(): readonly PageItem[] {
    return this.regions['main'] ?? [];
  }

  get sidebar(): readonly PageItem[] {
    return this.regions['sidebar'] ?? [];
  }

  get columnsClass(): string {
    return this.hasSidebar ? 'page-columns page-columns_two' : 'page-columns';
  }

  get hasSidebar(): boolean {
    return this.sidebar.length > 0;
  }

  private get regions(): Regions {
    return pages[this.objectApiName] ?? standardPage;
  }
}

function tab(key: string, title: string, content: string): PageItem {
  const children = [{ key: `${key}-content`, name: content, properties: {} }];
  return { key, name: 'flexipage:tab', properties: { title, active: String(key === 'details') }, children };
}
