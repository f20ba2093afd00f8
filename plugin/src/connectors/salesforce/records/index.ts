export { createRecordsConnector } from './connector.js';
export type { RecordsConnector, RecordsConnectorInput, RecordsOptions } from './connector.js';
export type { ChildRows, ObjectFields, ObjectShape } from './object-shape.js';
