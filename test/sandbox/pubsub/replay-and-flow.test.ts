import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../sandbox/src/salesforce/core/org-handle.js';
import { startSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { addDeal, ADMIN, deploy } from '../salesforce/core/org-fixture.js';
import { RawClient, startEvents } from './support/raw-client.js';

const HOUR = 3_600_000;
const addDeals = (org: OrgHandle, count: number): void => {
  for (let index = 0; index < count; index++) addDeal(org, org.sessionFor(ADMIN), { Name: `Deal ${String(index)}` });
};
const custom = (replayId: Buffer): object => ({ replayPreset: 'CUSTOM', replayId });

describe('replay', () => {
  it('starts at the end, at the beginning, or behind an event', async () => {
    const salesforce = await startEvents();
    addDeals(salesforce.org, 3);
    const early = await new RawClient(salesforce).subscribe({ replayPreset: 'EARLIEST' }).events(3);
    const late = await new RawClient(salesforce).subscribe({ replayPreset: 'LATEST' }).open();
    const behind = await new RawClient(salesforce).subscribe(custom(early[1]?.replayId as Buffer)).open();
    addDeals(salesforce.org, 1);
    expect((await late.events(1))[0]?.values).toMatchObject({ Name: 'Deal 0' });
    expect((await behind.events(2)).map(({ values }) => values['Name'])).toEqual(['Deal 2', 'Deal 0']);
    expect(late.count).toBe(1);
  });

  it('keeps events for 72 hours of the org', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    addDeals(org, 1);
    const [first] = await new RawClient(salesforce).subscribe({ replayPreset: 'EARLIEST' }).events(1);
    org.clock.move(71 * HOUR);
    addDeals(org, 1);
    const again = await new RawClient(salesforce).subscribe(custom(first?.replayId as Buffer)).events(1);
    org.clock.move(2 * HOUR);
    const stream = new RawClient(salesforce).subscribe(custom(first?.replayId as Buffer));
    expect(await stream.refused).toEqual({
      status: 'INVALID_ARGUMENT',
      code: 'sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted'
    });
    const kept = await new RawClient(salesforce).subscribe({ replayPreset: 'EARLIEST' }).events(1);
    expect(kept.map(({ replayId }) => replayId)).toEqual(again.map(({ replayId }) => replayId));
  });

  it.each([
    ['no id', Buffer.alloc(0), 'validation.failed'],
    ['an id of no event', Buffer.from([1, 2, 3]), 'corrupted'],
    ['an id that lies ahead', Buffer.from('0000000000001000', 'hex'), 'corrupted'],
    ['an id that was never given out', Buffer.from('0000000000000000', 'hex'), 'corrupted']
  ])('refuses %s', async (_what, replayId, code) => {
    const stream = new RawClient(await startEvents()).subscribe(custom(replayId));
    expect((await stream.refused).code).toBe(`sfdc.platform.eventbus.grpc.subscription.fetch.replayid.${code}`);
  });

  it('gives a quiet subscriber an id that lasts 72 hours, however old the last event is', async () => {
    const salesforce = await startEvents({ pubSubKeepAliveMs: 30 });
    const { org } = salesforce;
    addDeals(org, 1);
    org.clock.move(70 * HOUR);
    const quiet = new RawClient(salesforce).subscribe({});
    await quiet.until(() => quiet.responses.length > 0);
    const end = quiet.responses[0]?.latestReplayId as Buffer;
    org.clock.move(71 * HOUR);
    addDeals(org, 1);
    expect(await new RawClient(salesforce).subscribe(custom(end)).events(1)).toHaveLength(1);
    org.clock.move(2 * HOUR);
    expect((await new RawClient(salesforce).subscribe(custom(end)).refused).code).toMatch(/replayid\.corrupted$/);
    // The marks are no events.
    expect(org.changes.replay('/data/ChangeEvents', -2)).toHaveLength(1);
  });

  it('goes on after a restart, with the same authority', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cosell-events-')), 'org.db');
    const before = await startEvents({ file });
    addDeals(before.org, 2);
    const [first] = await new RawClient(before).subscribe({ replayPreset: 'EARLIEST' }).events(2);
    const authority = before.pubSub?.authority.trim();
    await before.close();
    const after = await startEvents({ file });
    addDeals(after.org, 1);
    const rest = await new RawClient(after).subscribe(custom(first?.replayId as Buffer)).events(2);
    expect(rest.map(({ values }) => values['Name'])).toEqual(['Deal 1', 'Deal 0']);
    expect(after.pubSub?.authority.trim()).toBe(authority);
    expect(readFileSync(after.pubSub?.authorityFile ?? '', 'utf8').trim()).toBe(authority);
    expect(statSync(join(file, '..', 'tls', 'ca.key')).mode & 0o077).toBe(0);
  });
});

describe('flow', () => {
  it('sends no more than was asked for, and says what is left', async () => {
    const salesforce = await startEvents();
    addDeals(salesforce.org, 7);
    const stream = new RawClient(salesforce).subscribe({ replayPreset: 'EARLIEST', numRequested: 3 });
    await stream.events(3);
    await wait(50);
    expect(stream.count).toBe(3);
    expect(stream.responses.at(-1)?.pendingNumRequested).toBe(0);
    stream.call.write({ numRequested: 10 });
    await stream.events(7);
    expect(stream.responses.at(-1)?.pendingNumRequested).toBe(6);
  });

  it('takes a request for more than 100 events as one for 100', async () => {
    const salesforce = await startEvents();
    addDeals(salesforce.org, 130);
    const stream = new RawClient(salesforce).subscribe({ replayPreset: 'EARLIEST', numRequested: 500 });
    await stream.events(100);
    await wait(50);
    expect(stream.count).toBe(100);
    stream.call.write({ numRequested: 100 });
    await stream.events(130);
    expect(Math.max(...stream.responses.map(({ events }) => events.length))).toBe(100);
  });

  it('gives a sign of life with a usable replay id when nothing happens', async () => {
    const salesforce = await startEvents({ pubSubKeepAliveMs: 30 });
    addDeals(salesforce.org, 1);
    const stream = new RawClient(salesforce).subscribe({});
    await stream.until(() => stream.responses.length >= 2);
    const [alive] = stream.responses;
    expect(alive).toMatchObject({ events: [], pendingNumRequested: 10 });
    addDeals(salesforce.org, 1);
    const later = new RawClient(salesforce).subscribe(custom(alive?.latestReplayId as Buffer));
    expect(await later.events(1)).toHaveLength(1);
  });

  it.each([
    [{ numRequested: 0 }, 'requested.events.invalid'],
    [{ numRequested: -1 }, 'requested.events.invalid']
  ])('refuses %j', async (request, code) => {
    const stream = new RawClient(await startEvents()).subscribe(request);
    expect((await stream.refused).code).toBe(`sfdc.platform.eventbus.grpc.subscription.fetch.${code}`);
  });

  it('ends a stream that changes its topic, and one whose entity is not selected any more', async () => {
    const salesforce = await startEvents();
    const stream = await new RawClient(salesforce).subscribe({}).open();
    stream.call.write({ topicName: '/data/AccountChangeEvent', numRequested: 1 });
    expect((await stream.refused).code).toMatch(/fetch\.topic\.mismatch$/);
    const other = await new RawClient(salesforce).subscribe({}).open();
    deploy(salesforce.org, {
      deleteComponents: [{ type: 'PlatformEventChannelMember', fullName: 'ChangeEvents_OpportunityChangeEvent' }]
    });
    other.call.write({ numRequested: 1 });
    expect(await other.refused).toMatchObject({ status: 'NOT_FOUND' });
  });

  it('can be cut by the service', async () => {
    const salesforce = await startEvents();
    const stream = await new RawClient(salesforce).subscribe({}).open();
    await fetch(`${salesforce.controlUrl}/events`, { method: 'POST', body: '{"disconnect":true}' });
    expect(await stream.refused).toMatchObject({ status: 'UNAVAILABLE' });
  });

  it('needs a port that is free', async () => {
    const { pubSub } = await startEvents();
    const port = Number(pubSub?.endpoint.split(':')[1]);
    await expect(startSalesforce({ port: 0, pubSubPort: port })).rejects.toMatchObject({ code: 'PORT_IN_USE', port });
  });
});
