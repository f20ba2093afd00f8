import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  answerHandshake,
  keepUp,
  readNotices,
  SubscriptionsApi
} from '../../../plugin/src/connectors/business-central/subscriptions/index.js';
import type { Notice } from '../../../plugin/src/connectors/business-central/subscriptions/index.js';
import type { LoopbackRig } from '../../support/business-central-loopback.js';
import { businessCentralLoopback } from '../../support/business-central-loopback.js';

let rig: LoopbackRig;
beforeAll(async () => {
  rig = await businessCentralLoopback();
});
afterEach(() => rig.center.faults.clear());
afterAll(() => rig.close());

describe('an answer that is lost', () => {
  it.each([
    ['customers', '001000000000009AAA'],
    ['salesOrders', '801000000000009AAA']
  ] as const)('leaves a creation in %s open, and it is found again', async (set, marker) => {
    const buyer = await rig.connect('customers').create('001000000000008AAA', { displayName: `Buyer of ${set}` });
    const sent: Readonly<Record<string, string>> =
      set === 'customers' ? { displayName: 'Lost & Found', city: 'Lyon' } : { customerId: buyer.key, shipToName: 'x' };
    const since = new Date(Date.now() - 60_000).toISOString();
    const connector = rig.connect(set);
    rig.center.faults.add({ kind: 'cut', when: 'after', method: 'POST', path: `/${set}` });
    await expect(connector.create(marker, sent)).rejects.toMatchObject({ kind: 'unknownOutcome' });
    expect(await connector.findByMarker(marker, since, sent)).toMatchObject([{ counterpart: marker }]);
  });

  it('of an update is settled by its repetition, which meets a newer ETag', async () => {
    const connector = rig.connect('customers');
    const made = await connector.create('001', { displayName: 'Repeated' });
    rig.center.faults.add({ kind: 'cut', when: 'after', method: 'PATCH', path: '/customers' });
    expect(await connector.update(made, { city: 'Lyon' })).toEqual({ outcome: 'stale' });
    expect((await connector.read([{ key: made.key }])).get(made.key)?.document['city']).toBe('Lyon');
  });
});

describe('a subscription', () => {
  it('is made after the handshake, tells of a change, and is renewed before its end', async () => {
    const clientState = 'a-secret-of-ours';
    const told: Notice[] = [];
    const server = createServer((request, response) => {
      const handshake = answerHandshake(request.url ?? '');
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        const { answer, notices } = handshake ? { answer: handshake, notices: [] } : readNotices(body, clientState);
        told.push(...notices);
        response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/business-central`;
      const resources = [`api/v2.0/companies(${rig.companyId})/customers`];
      const [subscriptions, wanted] = [new SubscriptionsApi(rig.api), { url, resources, clientState }];
      expect(await keepUp(subscriptions, wanted, Date.now())).toMatchObject({ created: resources, failed: [] });
      expect(await keepUp(subscriptions, wanted, Date.now())).toMatchObject({ created: [], renewed: [], removed: [] });

      const { key } = await rig.connect('customers').create('001', { displayName: 'Told' });
      await rig.center.advance(31_000);
      expect(told).toEqual([{ set: 'customers', companyId: rig.companyId.toLowerCase(), key, change: 'created' }]);

      expect(await keepUp(subscriptions, wanted, Date.now() + 49 * 3_600_000)).toMatchObject({ renewed: resources });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
