import { connect } from 'node:net';
import { CosellError } from '../ports/errors.js';

/** Half of this is enough for any org on the internet; the CLI's own library would try for 17 s. */
const timeoutMs = 1500;

/** Rejects when no connection comes about in time. */
export type Knock = (host: string, port: number) => Promise<void>;

const knock: Knock = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => fail(new Error('no answer in time')));
    socket.once('error', fail);
  });

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * Knocks at the org's address before anything else, so that a wrong address or a stopped sandbox is said in under two
 * seconds. Behind a proxy nothing can be knocked at. Throws `CosellError` ORG_UNREACHABLE.
 */
export async function checkReachable(
  instanceUrl: string,
  env: Readonly<Record<string, string | undefined>>,
  reach: Knock = knock
): Promise<void> {
  if (proxyVariables.some((name) => env[name])) return;
  const { hostname, port, protocol, host } = new URL(instanceUrl);
  try {
    await reach(hostname, port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port));
  } catch (error) {
    throw new CosellError(
      'ORG_UNREACHABLE',
      `Nothing answers at the org's address ${host}.`,
      ['Check the address of the org: sf org display', 'If this is the sandbox, start it: npm start'],
      { cause: error }
    );
  }
}
