import type { LightningElement } from 'lwc';

/** A component placed on a Lightning page. */
export interface PageItem {
  key: string;
  /** `force:detailPanel` for Salesforce's own, `cosellSection` for ours. */
  name: string;
  properties: Readonly<Record<string, string>>;
  component?: typeof LightningElement;
  children?: readonly PageItem[];
}
