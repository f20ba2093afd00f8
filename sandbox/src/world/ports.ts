import { createServer, type AddressInfo } from 'node:net';
import { SandboxError } from './errors.js';
import type { PortName, Ports } from './options.js';

export const host = '127.0.0.1';

const holdPort = (port: number): Promise<{ port: number; release: () => Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        release: () => new Promise((done) => server.close(() => done()))
      });
    });
  });

/**
 * Makes sure that every port can be had before anything starts, and turns 0 into a free port.
 * All ports are held at the same time, so that two zeros never get the same one.
 */
export const claimPorts = async (wanted: Ports): Promise<Ports> => {
  const held: { name: PortName; port: number; release: () => Promise<void> }[] = [];
  try {
    for (const [name, port] of Object.entries(wanted) as [PortName, number][]) {
      try {
        held.push({ name, ...(await holdPort(port)) });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
        throw new SandboxError(
          'PORT_IN_USE',
          `Port ${port} (${name}) is already in use on ${host}.`,
          'Stop what uses it (npm run sandbox -- --stop stops a sandbox in the background), or start with --port-base 8400.'
        );
      }
    }
    return Object.fromEntries(held.map(({ name, port }) => [name, port])) as Ports;
  } finally {
    await Promise.all(held.map(({ release }) => release()));
  }
};
