import { clientId } from './rest.js';

/**
 * Whether a change was made through this connector, which sends its client id with every call (Change Data Capture guide,
 * "Change Event Header Fields", changeOrigin).
 */
export function isOwnChange(changeOrigin: string): boolean {
  return changeOrigin.split(';').includes(`client=${clientId}`);
}
