import { sandboxSetup } from './sandbox-setup.js';

/** A complete sandbox, as `npm start` gives it. */
export const setup = sandboxSetup();
