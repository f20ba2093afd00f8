import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeNotice } from '../../../sandbox/src/salesforce/core/contract.js';
import { ApiError } from '../../../sandbox/src/salesforce/core/transport.js';
import { RunningPage } from './support/running-page.js';

const channel = '/data/OpportunityChangeEvent';

/** A bus that knows one channel. */
class Bus {
  public readonly listeners = new Set<(notice: ChangeNotice) => void>();
  public allowed = true;

  public mayReceive(username: string): boolean {
    return username === 'sam@test.example' && this.allowed;
  }

  public subscribe(name: string, listener: (notice: ChangeNotice) => void): () => void {
    if (name !== channel) throw new ApiError(400, 'INVALID_CHANNEL', `Channel ${name} is not selected.`);
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const notice: ChangeNotice = {
  replayId: 7,
  entityName: 'Opportunity',
  recordIds: ['0065g0000000001AAA'],
  changeType: 'UPDATE',
  changedFields: ['StageName', 'Secret__c'],
  values: { StageName: 'Qualification', Secret__c: 'x' },
  changeOrigin: 'com/salesforce/api/rest/66.0;client=sync',
  commitTimestamp: 1,
  commitUser: '0055g0000000001AAA',
  commitNumber: 7,
  transactionKey: '00000007-0000-4000-8000-000000000007',
  sequenceNumber: 1
};

let bus: Bus;
let page: RunningPage;
beforeEach(async () => {
  bus = new Bus();
  page = await RunningPage.start(bus);
});
afterEach(() => page.close());

function open(...channels: string[]): Promise<IncomingMessage> {
  const query = channels.map((name) => `channel=${encodeURIComponent(name)}`).join('&');
  return new Promise((resolve, reject) =>
    get(`${page.url}/events?${query}`, { agent: false }, resolve).on('error', reject)
  );
}

async function until(stream: IncomingMessage, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (pattern.test(text)) return text;
  }
  return text;
}

describe('the event stream', () => {
  it('delivers a change with the fields the user may read', async () => {
    const stream = await open(channel);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    bus.listeners.forEach((listener) => listener(notice));
    const text = await until(stream, /id: .*\ndata: .*\n\n/);
    const message = JSON.parse(/id: .*\ndata: (.*)\n/.exec(text)?.[1] ?? '') as Record<string, unknown>;
    expect(message).toMatchObject({
      channel,
      data: {
        event: { replayId: 7 },
        payload: {
          ChangeEventHeader: { entityName: 'Opportunity', changeType: 'UPDATE', changedFields: ['StageName'] },
          StageName: 'Qualification'
        }
      }
    });
    expect(text).not.toContain('Secret__c');
    expect(text).toContain('id: 7\n');
  });

  it('stops listening when the browser leaves', async () => {
    const stream = await open(channel);
    await until(stream, /event: subscribed/);
    expect(bus.listeners.size).toBe(1);
    stream.destroy();
    await expect.poll(() => bus.listeners.size).toBe(0);
  });

  it.each([
    ['a channel the org does not publish', ['/data/AccountChangeEvent']],
    ['one such channel among others', [channel, '/data/AccountChangeEvent']],
    ['no channel', []]
  ])('refuses %s and leaves nothing behind', async (_case, channels) => {
    const answer = await open(...channels);
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(await until(answer, /]$/))).toMatchObject([{ errorCode: 'INVALID_CHANNEL' }]);
    expect(bus.listeners.size).toBe(0);
  });

  it('refuses a user without View All on the entity', async () => {
    bus.allowed = false;
    const answer = await open(channel);
    expect(await until(answer, /\n\n$/)).toMatch(/^event: refused\ndata: \{"error":"403::/);
    expect(bus.listeners.size).toBe(0);
  });

  it('does not keep the page from closing', async () => {
    const stream = await open(channel);
    const ended = new Promise((resolve) => stream.on('close', resolve));
    stream.on('error', () => undefined).resume();
    await page.close();
    await ended;
    expect(bus.listeners.size).toBe(0);
    page = await RunningPage.start(bus);
  });
});

it('every subscription fails without a bus', async () => {
  const plain = await RunningPage.start();
  expect((await plain.send('GET', `/events?channel=${channel}`)).status).toBe(400);
  await plain.close();
});
