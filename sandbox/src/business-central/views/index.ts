import { entitySets } from '../contract/model.js';
import { text } from '../core/values.js';
import { inventoryOf } from '../posting/inventory.js';
import { apiCategoryRoutes, companies } from './environment.js';
import { contactsInformation, customerContacts } from './contacts.js';
import {
  agedAccountsReceivables,
  customerFinancialDetails,
  customerOverlay,
  customerSales,
  invoiceOverlay
} from './customer-figures.js';
import { entityDefinitions } from './entity-definitions.js';
import { pdfDocument } from './pdf-document.js';
import type { Overlay, View } from './types.js';

/** Sets that are computed at each read. */
export const views: Readonly<Record<string, View>> = {
  agedAccountsReceivables,
  apicategoryroutes: apiCategoryRoutes,
  companies,
  contactsInformation,
  customerContacts,
  customerFinancialDetails,
  customerSales,
  entityDefinitions: entityDefinitions(entitySets),
  pdfDocument
};

/** Flow fields of stored rows. */
export const overlays: Readonly<Record<string, Overlay>> = {
  customers: customerOverlay,
  items: (scope, { values }) => ({ inventory: inventoryOf(scope, text(values, 'number')) }),
  salesInvoices: invoiceOverlay
};
