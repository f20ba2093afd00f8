import { describe, expect, it } from 'vitest';
import type { Bench, Json } from './helpers.js';
import { bench } from './helpers.js';

const page = async (b: Bench, path: string, query: Record<string, string> = {}): Promise<string> => {
  const answer = await b.call('GET', path, { query });
  return String(answer.body);
};

const act = (b: Bench, id: string, action: string, body: object = {}, headers: Record<string, string> = {}) =>
  b.call('POST', `/inbox/api/referrals/${id}/${action}`, { body, headers });

describe('the inbox', () => {
  it('lists deals with kind, both statuses, value and counts', async () => {
    const b = await bench();
    const [own] = await b.createPair();
    const markup = await page(b, '/inbox');
    expect(markup).toContain(`href="/inbox/referrals/${own.id}"`);
    for (const text of [
      'Plant telemetry',
      'Adatum Corporation',
      'Co-sell',
      'Active · Accepted',
      'New · Pending',
      '50,000'
    ]) {
      expect(markup).toContain(text);
    }
    expect(markup).toContain('1 deal<');
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['status', { status: 'Active' }, true],
    ['another status', { status: 'Closed' }, false],
    ['kind', { kind: 'partnerLed' }, true],
    ['another kind', { kind: 'cosell' }, false],
    ['words of the name', { q: 'TELEM' }, true],
    ['words of the customer', { q: 'adatum' }, true],
    ['the CRM id', { q: '006000000000001' }, true],
    ['other words', { q: 'nothing' }, false]
  ])('filters by %s', async (_case, query, found) => {
    const b = await bench();
    await b.create();
    expect((await page(b, '/inbox', query)).includes('Plant telemetry')).toBe(found);
  });

  it('shows a deal from either referral, with people, solutions, consent and history', async () => {
    const b = await bench();
    const [own, microsoft] = await b.createPair();
    await b.patch(own.id, [{ path: '/details/notes', value: 'Changed' }], { 'x-caller-id': 'caller-1' });
    const markup = await page(b, `/inbox/referrals/${own.id}`);
    for (const text of [
      microsoft.id,
      'Ines Silva',
      'Sam Seller',
      'Contoso Demand Forecasting',
      'Proof of concept or demo',
      'Visible to Microsoft sellers',
      'Microsoft invited',
      'caller-1',
      'First talk in March.'
    ]) {
      expect(markup).toContain(text);
    }
    expect(await page(b, `/inbox/referrals/${microsoft.id}`)).toContain('<h1>Plant telemetry</h1>');
    expect((await b.call('GET', '/inbox/referrals/nobody')).status).toBe(404);
  });

  it('escapes what people and callers wrote', async () => {
    const b = await bench();
    const own = await b.create({ name: '<img src=x onerror=alert(1)>', details: { notes: '"><script>1</script>' } });
    for (const path of ['/inbox', `/inbox/referrals/${own.id}`]) {
      const markup = await page(b, path, { q: '' });
      expect(markup).toContain('&lt;img src=x');
      expect(markup).not.toMatch(/<img src=x|<script>1/);
    }
    expect(await page(b, '/inbox', { q: '"><b>' })).not.toContain('"><b>');
  });

  it('allows own files only', async () => {
    const b = await bench();
    const answer = await b.call('GET', '/inbox');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect(String(answer.body)).not.toMatch(/ style=|<style| on[a-z]+="/);
    for (const [name, type] of [
      ['base.css', 'text/css'],
      ['deal.css', 'text/css'],
      ['deals.css', 'text/css'],
      ['inbox.js', 'text/javascript'],
      ['icon.svg', 'image/svg+xml']
    ]) {
      const file = await b.call('GET', `/inbox/assets/${name}`);
      expect([file.status, file.headers['content-type']?.startsWith(type ?? '')]).toEqual([200, true]);
    }
    expect((await b.call('GET', '/inbox/assets/..%2fapi.ts')).status).toBe(404);
  });

  it('acts as Microsoft and as the partner', async () => {
    const b = await bench();
    const [own] = await b.createPair();
    expect((await act(b, own.id, 'msft-accept')).status).toBe(200);
    expect(
      (await act(b, own.id, 'msft-edit', { dealValue: '64000', closingDateTime: '2026-07-01', notes: 'N' })).status
    ).toBe(200);
    expect((await b.read(own.id)).details).toMatchObject({ dealValue: 64000, notes: 'N' });
    expect((await act(b, own.id, 'partner-lost', { reason: 'Budget', comment: 'Next year' })).status).toBe(200);
    const closed: Json = await b.read(own.id);
    expect([closed.status, closed.substatus, closed.statusReason]).toEqual(['Closed', 'Lost', 'Budget: Next year']);
    for (const action of ['partner-won', 'msft-edit', 'partner-accept']) {
      expect((await act(b, own.id, action, { dealValue: 1 })).status).toBe(400);
    }
    expect((await act(b, own.id, 'toString')).status).toBe(404);
  });

  it('takes actions from its own pages only', async () => {
    const b = await bench();
    const own = await b.create();
    const foreign = { origin: 'https://elsewhere.example', host: '127.0.0.1:7420' };
    expect((await act(b, own.id, 'partner-won', {}, foreign)).status).toBe(403);
    expect((await act(b, own.id, 'partner-won', {}, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(
      (await act(b, own.id, 'partner-won', {}, { origin: 'http://127.0.0.1:7420', host: '127.0.0.1:7420' })).status
    ).toBe(200);
  });

  it('offers only what may be done now', async () => {
    const b = await bench();
    const [own] = await b.createPair();
    const offered = async (): Promise<string[]> =>
      [...(await page(b, `/inbox/referrals/${own.id}`)).matchAll(/data-open="([\w-]+)"/g)].map(
        (match) => match[1] ?? ''
      );
    expect(await offered()).toEqual(['msft-accept', 'msft-decline', 'msft-edit', 'partner-won', 'partner-lost']);
    await act(b, own.id, 'msft-decline', { reason: 'Other' });
    await act(b, own.id, 'partner-won');
    expect(await offered()).toEqual([]);
  });
});
