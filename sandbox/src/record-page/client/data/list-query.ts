import { fieldText } from './field-text.js';
import { recordUrl } from './router.js';
import { syncStateIcons } from './sync-states.js';
import type { StateIcon } from './sync-states.js';
import type { FieldValue, ObjectInfo } from './representations.js';

export interface ListColumn {
  /** `Name`, or a parent's field as `Account.Name`. */
  path: string;
  label: string;
  /** Data type of the UI API, decides alignment and format. */
  dataType: string;
  cellClass: string;
}

const cellClassOf = (dataType: string): string =>
  dataType === 'Currency' ? 'page-cell page-cell_number' : 'page-cell';

export interface ListCell {
  path: string;
  label: string;
  text: string;
  url: string | undefined;
  isName: boolean;
  /** Before the text, which says the same in words. */
  icon: StateIcon | undefined;
  cellClass: string;
}

export interface ListRow {
  id: string;
  cells: ListCell[];
}

type Node = { Id: string } & Record<string, FieldValue | Record<string, FieldValue> | null | string>;

/** List view "All": columns per object. */
export const listColumns: Readonly<Record<string, { icon: string; paths: readonly string[] }>> = {
  Opportunity: {
    icon: 'standard:opportunity',
    paths: ['Name', 'Account.Name', 'StageName', 'Amount', 'CloseDate', 'Cosell_Sync_State__c']
  },
  Lead: {
    icon: 'standard:lead',
    paths: ['Name', 'Company', 'Status', 'Referral_Deal_Value__c', 'Referral_Expires_On__c', 'Cosell_Sync_State__c']
  },
  Account: { icon: 'standard:account', paths: ['Name', 'Phone', 'BillingCity', 'BillingCountry'] }
};

export const pageSize = 50;

/** Columns the user may read; the sync state is there once our fields are deployed. */
export function readableColumns(info: ObjectInfo): ListColumn[] {
  const paths = listColumns[info.apiName]?.paths ?? [];
  return paths.flatMap((path) => {
    const [name = '', child] = path.split('.');
    const field = info.fields[child === undefined ? name : `${name}Id`];
    if (!field) return [];
    const dataType = child === undefined ? field.dataType : 'String';
    return [{ path, label: field.label.replace(/ ID$/, ''), dataType, cellClass: cellClassOf(dataType) }];
  });
}

export function listQuery(objectApiName: string, columns: readonly ListColumn[]): string {
  const selection = columns.map(({ path }) =>
    path.split('.').reduceRight((inner, name) => `${name} { ${inner} }`, 'value displayValue')
  );
  return `query List($where: ${objectApiName}_Filter, $first: Int, $after: String) {
    uiapi { query { ${objectApiName}(where: $where, first: $first, after: $after, orderBy: { Name: { order: ASC } }) {
      edges { node { Id ${selection.join(' ')} } }
      totalCount
      pageInfo { hasNextPage endCursor }
    } } }
  }`;
}

export function listRow(objectApiName: string, node: Node, columns: readonly ListColumn[]): ListRow {
  const cells = columns.map(({ path, label, dataType, cellClass }) => ({
    path,
    label,
    text: fieldText(valueAt(node, path), dataType),
    url: path === 'Name' ? recordUrl(objectApiName, node.Id) : undefined,
    isName: path === 'Name',
    icon: path === 'Cosell_Sync_State__c' ? syncStateIcons[String(valueAt(node, path)?.value ?? '')] : undefined,
    cellClass
  }));
  return { id: node.Id, cells };
}

export type { Node as ListNode };

function valueAt(node: Node, path: string): FieldValue | undefined {
  const [name = '', child] = path.split('.');
  const value = node[name] as FieldValue | Record<string, FieldValue> | null | undefined;
  return child === undefined
    ? (value as FieldValue | undefined)
    : (value as Record<string, FieldValue> | null)?.[child];
}
