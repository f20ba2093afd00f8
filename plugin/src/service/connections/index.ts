export { addBusinessCentral, openConnection, testBusinessCentral } from './business-central/index.js';
export type { AddBusinessCentralInput, Pick } from './business-central/index.js';
export type { Check, CheckName, CheckResult } from './check.js';
export { checkSignIn } from './check.js';
export { cliConnections } from './cli-store.js';
export type { AddInput, AddResult, ConnectionInput, ConnectionRoom, TestResult } from './commands.js';
export { addConnection, listConnections, removeConnection, testConnection, withRoom } from './commands.js';
export type {
  BusinessCentralConnection,
  ConnectedSystem,
  Connection,
  ConnectionStore,
  PartnerCenterConnection
} from './connection.js';
export { MemoryConnections } from './connection.js';
export { openBrowser } from './open-browser.js';
