export { createSalesforceConnector } from './connector.js';
export type { SalesforceConnector, SalesforceConnectorInput, SalesforceOptions } from './connector.js';
export { coreSession } from './core-session.js';
export type { OrgShape } from './org-shape.js';
export type { ApiUsage, SalesforceSession } from './session.js';
