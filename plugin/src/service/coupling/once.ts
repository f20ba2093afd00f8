import type { SalesforceSession } from '../../connectors/salesforce/index.js';
import type { RunSummary } from '../../sync/index.js';
import type { Settings } from '../settings.js';
import { checkEnabled } from './enabled.js';
import type { CouplingExtras, CouplingPorts } from './open.js';
import { openCouplings } from './open.js';

/**
 * One pass over one mapping to Business Central.
 * @throws CosellError `MAPPING_NOT_ENABLED`, and what `openCouplings` throws
 */
export async function coupledOnce(
  {
    settings,
    session,
    mapping,
    ports
  }: {
    settings: Settings;
    session: SalesforceSession;
    mapping: string;
    ports?: CouplingPorts | undefined;
  },
  extras: CouplingExtras
): Promise<RunSummary> {
  checkEnabled(settings, mapping);
  const couplings = await openCouplings(settings, session, ports);
  try {
    return await (await couplings.open(mapping)).run(extras);
  } finally {
    await couplings.close();
  }
}
