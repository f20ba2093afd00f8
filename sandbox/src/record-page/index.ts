export { startRecordPage } from './start-record-page.js';
export type { RecordPage, RecordPageOptions } from './start-record-page.js';
export type { PageUser } from './sign-in.js';
export type { ChangeSource } from './change-stream.js';
