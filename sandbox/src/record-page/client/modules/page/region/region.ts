import { LightningElement, api } from 'lwc';
import DetailPanel from 'page/detailPanel';
import HighlightsPanel from 'page/highlightsPanel';
import RelatedLists from 'page/relatedLists';
import type { PageItem } from '../../../data/page-item.js';

/** Salesforce's own page components that the page has a counterpart of; others stay out. */
const standardComponents: Readonly<Record<string, typeof LightningElement>> = {
  'force:highlightsPanel': HighlightsPanel,
  'force:detailPanel': DetailPanel,
  'force:relatedListContainer': RelatedLists
};

const standardTitles: Readonly<Record<string, string>> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related'
};

interface Placed {
  key: string;
  component?: typeof LightningElement;
  properties?: Readonly<Record<string, string>>;
  tabs?: { key: string; label: string; children: readonly PageItem[] }[];
  activeTab?: string | undefined;
}

/** One region of a Lightning page: its components in their order, tab sets opened up. */
export default class Region extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  @api objectApiName = '';
  @api items: readonly PageItem[] = [];

  get placed(): Placed[] {
    return this.items.map(place).filter((item) => item !== undefined);
  }
}

function place(item: PageItem): Placed | undefined {
  if (item.name === 'flexipage:tabset') {
    const tabs = item.children ?? [];
    return {
      key: item.key,
      tabs: tabs.map((tab) => ({ key: tab.key, label: titleOf(tab), children: tab.children ?? [] })),
      activeTab: tabs.find((tab) => tab.properties['active'] === 'true')?.key
    };
  }
  const component = item.component ?? standardComponents[item.name];
  // Properties in the file are those of the component itself; Salesforce's own mean nothing to the counterparts here.
  return component ? { key: item.key, component, properties: item.component ? item.properties : {} } : undefined;
}

function titleOf(tab: PageItem): string {
  const title = tab.properties['title'] ?? tab.properties['label'] ?? tab.key;
  return standardTitles[title] ?? title;
}
