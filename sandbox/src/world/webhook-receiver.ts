import { writeFileSync } from 'node:fs';
import { WEBHOOKS_AUDIENCE } from '../partner-center/identity/resources.js';
import type { RunningPartnerCenter } from '../partner-center/server.js';
import { EVENT_NAMES } from '../partner-center/webhooks/registration.js';
import type { DataFolder } from './data-folder.js';
import { SandboxError } from './errors.js';
import { host } from './ports.js';

export interface WebhookPlace {
  port: number;
  url: string;
  rootFile: string;
}

/** Where the sync service is to receive events: its address, and the authority behind the stand-in's signatures as a file. */
export const prepareReceiver = async (
  folder: DataFolder,
  partnerCenter: RunningPartnerCenter,
  port: number
): Promise<WebhookPlace> => {
  const rootFile = folder.file('keys', 'partner-center-webhooks.pem');
  writeFileSync(rootFile, await partnerCenter.webhooks.authority.rootPem());
  return { port, url: `http://${host}:${port}/webhooks/partner-center`, rootFile };
};

/** Registers the address as an administrator does with `sf cosell webhook register`. */
export const registerReceiver = async (partnerCenter: RunningPartnerCenter, url: string): Promise<void> => {
  const token = await partnerCenter.issueAccessToken({ audience: WEBHOOKS_AUDIENCE });
  const call = (method: 'POST' | 'PUT'): Promise<Response> =>
    fetch(`${partnerCenter.url}/webhooks/v1/registration`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ WebhookUrl: url, WebhookEvents: EVENT_NAMES })
    });
  const first = await call('POST');
  // The registration of the last start, possibly for another port.
  const answer = first.status === 409 ? await call('PUT') : first;
  if (!answer.ok) {
    throw new SandboxError(
      'STEP_FAILED',
      `The webhook could not be registered (status ${answer.status}).`,
      'Start again.'
    );
  }
};
