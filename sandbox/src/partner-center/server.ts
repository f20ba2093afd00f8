import { control } from './control/routes.js';
import type { Listening } from './http/listen.js';
import { listen } from './http/listen.js';
import { changeStream } from './inbox/change-stream.js';
import type { OpenOptions, PartnerCenter } from './open.js';
import { openPartnerCenter } from './open.js';

export interface StartOptions extends OpenOptions {
  /** 0 takes a free port. */
  port: number;
  /** Port of the test-only control calls; without it there are none. */
  controlPort?: number;
  /** @default 127.0.0.1 */
  host?: string;
}

/** A running stand-in: three hosts of the real service behind one address, told apart by path. */
export interface RunningPartnerCenter extends Omit<PartnerCenter, 'close'> {
  /** Base of `…/v1.0/engagements/referrals` and `…/{tenant}/oauth2/v2.0/token`. */
  readonly url: string;
  /** The inbox for people. */
  readonly inboxUrl: string;
  /** Undefined without `controlPort`. */
  readonly controlUrl: string | undefined;
  close(): Promise<void>;
}

/** How often waiting webhook deliveries are looked at. */
const PUMP_MS = 250;

/** Starts the stand-in on loopback. */
export async function startPartnerCenter(options: StartOptions): Promise<RunningPartnerCenter> {
  const center = await openPartnerCenter(options);
  const host = options.host ?? '127.0.0.1';
  const open: Listening[] = [];
  let closing: Promise<void> | undefined;
  // What waits for its next attempt becomes due by the clock alone.
  const pump = setInterval(() => void center.webhooks.deliverer.pump(), PUMP_MS);
  pump.unref();
  const close = async (): Promise<void> => {
    clearInterval(pump);
    await Promise.all(open.map((listening) => listening.close()));
    center.close();
  };
  try {
    const stream = changeStream(center.world.store);
    open.push(await listen({ host, port: options.port, dispatch: center.dispatch, stream }));
    if (options.controlPort !== undefined) {
      open.push(await listen({ host, port: options.controlPort, dispatch: (request) => control(center, request) }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const [service, controls] = open as [Listening, Listening?];
  center.webhooks.deliverer.certificateBase = service.url;
  return {
    ...center,
    url: service.url,
    inboxUrl: `${service.url}/inbox`,
    controlUrl: controls?.url,
    close: () => (closing ??= close())
  };
}
