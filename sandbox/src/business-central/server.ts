import type { Listening } from '../partner-center/http/listen.js';
import { listen } from '../partner-center/http/listen.js';
import { control } from './control/routes.js';
import type { BusinessCentral, OpenOptions } from './open.js';
import { openBusinessCentral } from './open.js';

export interface StartOptions extends OpenOptions {
  /** 0 takes a free port. */
  port: number;
  /** Port of the test-only control calls; without it there are none. */
  controlPort?: number;
  /** @default 127.0.0.1 */
  host?: string;
}

/** A running stand-in: the service and its sign-in behind one address, told apart by path. */
export interface RunningBusinessCentral extends Omit<BusinessCentral, 'close'> {
  /** Base of `/v2.0/{tenant}/{environment}/api/v2.0` and `/{tenant}/oauth2/v2.0/token`. */
  readonly url: string;
  /** The pages for people. */
  readonly pagesUrl: string;
  /** Undefined without `controlPort`. */
  readonly controlUrl: string | undefined;
  close(): Promise<void>;
}

/** How often waiting webhook notices are looked at. */
const PUMP_MS = 250;

/** Starts the stand-in on loopback. */
export async function startBusinessCentral(options: StartOptions): Promise<RunningBusinessCentral> {
  const service = await openBusinessCentral(options);
  const host = options.host ?? '127.0.0.1';
  const open: Listening[] = [];
  let closing: Promise<void> | undefined;
  // What waits for its next attempt becomes due by the clock alone.
  const pump = setInterval(() => void service.notifier.pump(), PUMP_MS);
  pump.unref();
  const close = async (): Promise<void> => {
    clearInterval(pump);
    await Promise.all([service.notifier.stop(), ...open.map((listening) => listening.close())]);
    service.close();
  };
  const name = 'Business Central';
  try {
    open.push(await listen({ host, name, port: options.port, dispatch: (request) => service.dispatch(request) }));
    if (options.controlPort !== undefined) {
      open.push(
        await listen({ host, name, port: options.controlPort, dispatch: (request) => control(service, request) })
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  const [api, controls] = open as [Listening, Listening?];
  return {
    ...service,
    url: api.url,
    pagesUrl: `${api.url}/bc`,
    controlUrl: controls?.url,
    close: () => (closing ??= close())
  };
}
