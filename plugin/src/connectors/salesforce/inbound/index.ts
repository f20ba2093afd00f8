export { LeadWatch } from './leads.js';
export { SalesforceInbound } from './port.js';
export type { AccountMatch, InboundRules } from './rules.js';
