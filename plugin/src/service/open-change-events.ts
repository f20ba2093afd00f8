import { readFileSync } from 'node:fs';
import type { ChangeEvents, SalesforceSession } from '../connectors/salesforce/index.js';
import { changeTopics, createChangeEvents } from '../connectors/salesforce/index.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { Settings } from './settings.js';
import { SettingsError } from './settings.js';

/** The global endpoint (Pub/Sub API guide, "Pub/Sub API Endpoints"); some regions have one of their own. */
const DEFAULT_ENDPOINT = 'api.pubsub.salesforce.com:7443';
const SALESFORCE_HOST = /\.(salesforce|force|salesforce-setup|cloudforce)\.(com|mil)$/;

/** Any other host is a proxy or a test system, which the public service would not know. */
function knownEndpoint(instanceUrl: string): string | undefined {
  return SALESFORCE_HOST.test(new URL(instanceUrl).hostname) ? DEFAULT_ENDPOINT : undefined;
}

function authorities(caFile: string): Buffer {
  try {
    return readFileSync(caFile);
  } catch (cause) {
    throw new SettingsError(
      `The file ${caFile} with the authorities for change events cannot be read.`,
      'Correct salesforce.changeEvents.caFile in the settings.',
      { cause }
    );
  }
}

/** Change events as the settings want them; undefined when they are switched off or the endpoint is not known. */
export function openChangeEvents(
  { enabled, endpoint, caFile }: Settings['salesforce']['changeEvents'],
  session: SalesforceSession,
  { clock, random }: { clock: Clock; random: Random }
): ChangeEvents | undefined {
  const address = endpoint ?? knownEndpoint(session.instanceUrl);
  if (!enabled || address === undefined) return undefined;
  return createChangeEvents({
    session,
    endpoint: address,
    topics: changeTopics,
    clock,
    random,
    ...(caFile === undefined ? {} : { rootCertificates: authorities(caFile) })
  });
}
