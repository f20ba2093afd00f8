import { readFileSync } from 'node:fs';
import { fetchBytes } from '../../connectors/http/fetch-bytes.js';
import { certificatesOf, SigningCertificates } from '../../connectors/partner-center/webhooks/index.js';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { EventLog } from '../log.js';
import type { Settings } from '../settings.js';
import type { NoticeStore } from './receive.js';
import type { WebhookReceiver } from './server.js';
import { startReceiver } from './server.js';

export interface ReceiverPorts {
  notices: NoticeStore;
  clock: Clock;
  log: EventLog;
  /** Called when there is something to look at. */
  wake: () => void;
}

function authoritiesIn(file: string): ReturnType<typeof certificatesOf> {
  const unusable = (cause?: unknown): CosellError =>
    new CosellError(
      'WEBHOOK_ROOT_UNUSABLE',
      `The file ${file} holds no certificates that can be read.`,
      [
        'Put the root and the intermediate certificates of Microsoft into it as PEM (webhook.rootCaFile in the settings).'
      ],
      { cause }
    );
  try {
    const found = certificatesOf(readFileSync(file, 'utf8'));
    if (found.length > 0) return found;
  } catch (error) {
    throw unusable(error);
  }
  throw unusable();
}

/**
 * The receiver that the settings ask for; undefined without a port.
 * @throws CosellError `WEBHOOK_ROOT_UNUSABLE`, `RECEIVER_PORT_IN_USE`
 */
export async function openReceiver(
  settings: Settings['webhook'],
  { notices, clock, log, wake }: ReceiverPorts
): Promise<WebhookReceiver | undefined> {
  const { port, host, path, hosts, rootCaFile = '', subject, issuerOrganization } = settings;
  if (port === undefined) return undefined;
  const trust = { hosts, subject, issuerOrganization, authorities: authoritiesIn(rootCaFile) };
  const certificates = new SigningCertificates(trust, fetchBytes, clock);
  const receiver = await startReceiver({ host, port, path, clock, log, wake, notices, certificates });
  log.write('info', 'webhook receiver', { host, port: Number(new URL(receiver.state().url).port) });
  return receiver;
}
