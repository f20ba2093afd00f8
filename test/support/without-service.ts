import { sandboxSetup } from './sandbox-setup.js';

/** A sandbox in which only the tests start a sync, so that `sync once` has nobody to race with. */
export const setup = sandboxSetup('--no-service');
