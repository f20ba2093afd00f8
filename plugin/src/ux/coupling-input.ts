import type { Org } from '@salesforce/core';
import { coreSession } from '../connectors/salesforce/index.js';
import type { CouplingInput } from '../service/coupling/commands.js';

/** Flags that all commands about couplings have. */
export interface CouplingFlags {
  'target-org': Org;
  mapping: string;
  'settings-file'?: string | undefined;
  ledger?: string | undefined;
}

export const couplingInput = (flags: CouplingFlags): CouplingInput => ({
  session: coreSession(flags['target-org']),
  mapping: flags.mapping,
  env: process.env,
  ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
  ...(flags.ledger === undefined ? {} : { ledger: flags.ledger })
});
