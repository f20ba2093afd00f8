import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimPorts } from '../../../sandbox/src/world/ports.js';

const free = {
  page: 0,
  salesforce: 0,
  salesforceControl: 0,
  salesforcePubSub: 0,
  partnerCenter: 0,
  partnerCenterControl: 0,
  businessCentral: 0,
  businessCentralControl: 0,
  service: 0,
  webhooks: 0
};

describe('ports', () => {
  let taken: Server;
  beforeEach(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', () => resolve()));
  });
  afterEach(() => new Promise((resolve) => taken.close(resolve)));

  it('turn 0 into ports that are free and all different', async () => {
    const ports = Object.values(await claimPorts(free));
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.min(...ports)).toBeGreaterThan(1023);
  });

  it('that are in use are named before anything starts', async () => {
    const { port } = taken.address() as AddressInfo;
    await expect(claimPorts({ ...free, salesforce: port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port} (salesforce) is already in use on 127.0.0.1.`
    });
  });
});
