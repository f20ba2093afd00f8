import type { EntitySetName } from './contract.generated.js';

/** How one of our creations is found again when its answer was lost. */
export type Marking =
  /** By our key in a field of the record. */
  | { by: 'field'; field: string }
  /** No field can hold a key; a record that appeared since and carries every value that was sent is taken for ours. */
  | { by: 'values'; search: string };

/** What the connector has to know of an entity set beyond $metadata. */
export interface EntityFacts {
  marking: Marking;
  /** Lines, which can only be read through their document (Business Central: salesOrderLines). */
  lines?: string;
  /** Page that shows one record, and the field that it is filtered by. */
  page: { number: number; field: string; table: string };
  /** Fields that the page makes read-only; a write is refused with BadRequest_InvalidOperation. */
  readOnly: readonly string[];
  /** Values of a field from which on nothing can be changed. */
  finalWhen?: { field: string; values: readonly string[] };
}

const number = (page: number, table: string): EntityFacts['page'] => ({ number: page, field: 'No.', table });
const code = (page: number, table: string): EntityFacts['page'] => ({ number: page, field: 'Code', table });
const externalNumber: Marking = { by: 'field', field: 'externalDocumentNumber' };
const values = (search: string): Marking => ({ by: 'values', search });

const documentTotals = ['totalAmountExcludingTax', 'totalTaxAmount', 'totalAmountIncludingTax'];
const documentNames = ['number', 'customerName', 'billToName', 'status', 'lastModifiedDateTime', ...documentTotals];
const billTo = ['AddressLine1', 'AddressLine2', 'City', 'Country', 'State', 'PostCode'].map((name) => `billTo${name}`);

/**
 * Entity sets that take part in the synchronization. Page numbers are those of the base application; read-only fields those of
 * the API pages, which $metadata does not name (Business Central: resource types of API v2.0).
 */
export const entities = {
  customers: {
    marking: values('displayName'),
    page: number(21, 'Customer'),
    readOnly: ['balanceDue', 'taxAreaDisplayName']
  },
  contacts: { marking: values('displayName'), page: number(5050, 'Contact'), readOnly: ['lastInteractionDate'] },
  // Writing the inventory would post an adjustment, not set a field.
  items: { marking: values('displayName'), page: number(30, 'Item'), readOnly: ['inventory', 'lastModifiedDateTime'] },
  unitsOfMeasure: { marking: values('code'), page: code(209, 'Unit of Measure'), readOnly: [] },
  currencies: { marking: values('code'), page: code(5, 'Currency'), readOnly: [] },
  salespeoplePurchasers: {
    marking: values('code'),
    page: code(5116, 'Salesperson/Purchaser'),
    readOnly: ['lastModifiedDateTime']
  },
  opportunities: {
    marking: values('description'),
    page: number(5124, 'Opportunity'),
    readOnly: [
      ...['contactName', 'contactCompanyName', 'status', 'closed', 'creationDate', 'dateClosed', 'estimatedValue'],
      ...[
        'calculatedCurrentValue',
        'chancesOfSuccessPrc',
        'completedPrc',
        'estimatedClosingDate',
        'lastModifiedDateTime'
      ]
    ],
    finalWhen: { field: 'status', values: ['Won', 'Lost'] }
  },
  salesQuotes: {
    marking: externalNumber,
    lines: 'salesQuoteLines',
    page: number(41, 'Sales Header'),
    readOnly: documentNames
  },
  salesOrders: {
    marking: externalNumber,
    lines: 'salesOrderLines',
    page: number(42, 'Sales Header'),
    readOnly: [...documentNames, ...billTo, 'discountAppliedBeforeTax']
  },
  salesInvoices: {
    marking: externalNumber,
    lines: 'salesInvoiceLines',
    page: number(132, 'Sales Invoice Header'),
    readOnly: [
      ...[...documentNames, ...billTo, 'orderId', 'orderNumber', 'pricesIncludeTax', 'remainingAmount'],
      'discountAppliedBeforeTax'
    ],
    // Posted documents are read-only; drafts are not.
    finalWhen: { field: 'status', values: ['Open', 'Paid', 'Canceled', 'Corrective'] }
  }
} satisfies Partial<Record<EntitySetName, EntityFacts>>;

export type SyncedSet = keyof typeof entities;

export const factsOf = (set: SyncedSet): EntityFacts => entities[set];
