export type { FiguresContext } from './context.js';
export { readCustomerFigures } from './customer-figures.js';
export { drillDown } from './drill-down.js';
export type { DrillDown } from './drill-down.js';
export { readLegacyAvailability } from './legacy-availability.js';
export { readCompanyBooks, readCustomers, readItems, readLocations } from './master-data.js';
export type { Books, CustomerFacts, ItemFacts } from './master-data.js';
export { readBooks } from './stock.js';
export type { ItemBooks } from './stock.js';
