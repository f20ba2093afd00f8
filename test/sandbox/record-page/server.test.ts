import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunningPage } from './support/running-page.js';

let page: RunningPage;
beforeEach(async () => {
  page = await RunningPage.start();
});
afterEach(() => page.close());

const record = '/lightning/r/Opportunity/0065g0000000001AAA/view';
const asLena = { cookie: 'other=1; record_page_user=lena%40test.example' };

function bootstrapOf(html: string): { user: Record<string, string>; users: object[] } {
  const text = /<script type="application\/json" id="bootstrap">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  return JSON.parse(text) as ReturnType<typeof bootstrapOf>;
}

describe('the document', () => {
  it.each(['/lightning/o/Opportunity/list', record, '/lightning/r/Account/0015g0000000001AAA/view'])(
    'is served at %s',
    async (path) => {
      const { status, headers, text } = await page.send('GET', path);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(text).not.toMatch(/<script(?![^>]*(src=|application\/json))/);
    }
  );

  it('knows the user and the choices, and no token', async () => {
    const { text } = await page.send('GET', record);
    expect(text).not.toContain('token-of');
    expect(text).not.toContain('<Seller>');
    expect(text).toContain('<html lang="en-US">');
    expect(bootstrapOf(text)).toMatchObject({
      user: {
        id: '0055g0000000001AAA',
        displayName: 'Sam <Seller>',
        locale: 'en-GB',
        language: 'en_US',
        timeZone: 'Europe/Amsterdam'
      },
      users: [{ username: 'sam@test.example' }, { username: 'lena@test.example' }]
    });
  });

  it('starts at the list of opportunities', async () => {
    const { status, headers } = await page.send('GET', '/');
    expect([status, headers.location]).toEqual([302, '/lightning/o/Opportunity/list']);
  });
});

describe('the API behind the page', () => {
  it('is called as the chosen user, without the cookie', async () => {
    const body = '{"fields":{"Name":"é"}}';
    const answer = await page.send(
      'PATCH',
      '/services/data/v66.0/ui-api/records/1?x=%20y',
      {
        ...asLena,
        'content-type': 'application/json',
        authorization: 'Bearer mine',
        'content-length': String(Buffer.byteLength(body))
      },
      body
    );
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('x-internal');
    expect(page.seen).toMatchObject([
      {
        method: 'PATCH',
        url: '/services/data/v66.0/ui-api/records/1?x=%20y',
        body,
        headers: { authorization: 'Bearer token-of-lena' }
      }
    ]);
    expect(page.seen[0]?.headers).not.toHaveProperty('cookie');
  });

  it('passes refusals on', async () => {
    expect((await page.send('GET', '/services/data/v66.0/refuse')).status).toBe(400);
  });

  it('reaches nothing but data services', async () => {
    expect((await page.send('GET', '/services/oauth2/token')).status).toBe(404);
    expect(page.seen).toEqual([]);
  });
});

describe('choosing a user', () => {
  const choose = (username: unknown): ReturnType<RunningPage['send']> =>
    page.send('POST', '/session', { 'content-type': 'application/json' }, JSON.stringify({ username }));

  it('sets a cookie that scripts and other sites cannot use', async () => {
    const { status, headers } = await choose('lena@test.example');
    expect(status).toBe(204);
    expect(headers['set-cookie']).toEqual(['record_page_user=lena%40test.example; Path=/; HttpOnly; SameSite=Strict']);
    expect(bootstrapOf((await page.send('GET', record, asLena)).text).user['displayName']).toBe('Lena');
  });

  it.each([['nobody@test.example'], [''], [7]])('refuses %j', async (username) => {
    expect((await choose(username)).status).toBe(400);
  });

  it('refuses what is not JSON, too long, or not a POST', async () => {
    expect((await page.send('POST', '/session', {}, 'x')).status).toBe(400);
    expect((await page.send('POST', '/session', {}, 'x'.repeat(5000))).status).toBe(413);
    expect((await page.send('GET', '/session')).status).toBe(405);
  });
});

describe('a foreign request', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['another site without an origin', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    ['a name that resolves to this machine', { host: 'evil.example:7400' }, 421]
  ])('by %s is refused', async (_case, headers, status) => {
    const answer = await page.send(
      'GET',
      '/services/data/v66.0/ui-api/records/1',
      headers as unknown as Record<string, string>
    );
    expect(answer.status).toBe(status);
    expect(page.seen).toEqual([]);
  });

  it('may follow a link to the page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await page.send('GET', record, headers)).status).toBe(200);
  });

  it('of the page itself is answered', async () => {
    const headers = { origin: page.url, 'sec-fetch-site': 'same-origin' };
    expect((await page.send('GET', '/services/data/v66.0/ui-api/records/1', headers)).status).toBe(200);
  });
});

describe('files', () => {
  it('are served from the build folder', async () => {
    const { status, headers } = await page.send('GET', '/page.js');
    expect([status, headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    const again = await page.send('GET', '/page.js', { 'if-none-match': headers.etag ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    '/nope.js',
    '/../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fpackage.js',
    '/inputs.sha256',
    '/%zz'
  ])('outside it do not exist: %s', async (path) => {
    expect((await page.send('GET', path)).status).toBe(404);
  });

  it('cannot be written', async () => {
    expect((await page.send('POST', '/page.js')).status).toBe(405);
  });
});
