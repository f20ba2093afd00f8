export { createSalesforceConnector } from './connector.js';
export type { SalesforceConnector, SalesforceConnectorInput, SalesforceOptions } from './connector.js';
export { coreSession } from './core-session.js';
export { isOwnChange } from './own-changes.js';
export type { OrgShape } from './org-shape.js';
export { changeTopics, createChangeEvents } from './pub-sub/index.js';
export type { ChangeEvent, ChangeEvents, ChangeSignal, TopicState } from './pub-sub/index.js';
export type { ApiUsage, SalesforceSession } from './session.js';
