import { describe, expect, it } from 'vitest';
import { addSeller, administrator, freshOrgs } from './support/org.js';
import { archive, opportunityFields, textField } from './support/samples.js';

const fresh = freshOrgs();
const right = archive(opportunityFields(textField));

function open(): { org: ReturnType<typeof fresh>; admin: string } {
  const org = fresh();
  return { org, admin: org.auth.issueAccessToken(administrator) };
}

describe('deploy over REST', () => {
  const path = '/services/data/v66.0/metadata/deployRequest';
  const boundary = 'boundary-of-parts';
  const multipart = (options: object): Buffer =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ deployOptions: options })}\r\n`
      ),
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="deploy.zip"\r\nContent-Type: application/zip\r\n\r\n`
      ),
      right,
      Buffer.from(`\r\n--${boundary}--\r\n`)
    ]);
  const call = async (
    org: ReturnType<typeof fresh>,
    token: string,
    method: 'GET' | 'POST' | 'PATCH',
    suffix: string,
    body: Buffer = Buffer.alloc(0),
    contentType = `multipart/form-data; boundary=${boundary}`
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const [own = '', search = ''] = suffix.split('?');
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
    const { status, body: answer } = await org.dispatch({
      method,
      path: path + own,
      query: new URLSearchParams(search),
      headers,
      body
    });
    return { status, body: answer as Record<string, unknown> };
  };

  it('takes options and archive in one request and answers with the result', async () => {
    const { org, admin } = open();
    const posted = await call(org, admin, 'POST', '', multipart({ rollbackOnError: true, singlePackage: true }));
    expect(posted.status).toBe(201);
    const id = String(posted.body['id']);
    const seen: unknown[] = [];
    for (let check = 0; check < 50 && seen.at(-1) !== 'Succeeded'; check++) {
      const { body } = await call(org, admin, 'GET', `/${id}?includeDetails=true`);
      seen.push((body['deployResult'] as { status: string }).status);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect([...new Set(seen)]).toEqual(['Pending', 'InProgress', 'Succeeded']);
  });

  it('cancels with PATCH', async () => {
    const { org, admin } = open();
    const posted = await call(org, admin, 'POST', '', multipart({ singlePackage: true }));
    const patch = Buffer.from(JSON.stringify({ deployResult: { status: 'Canceling' } }));
    const { status, body } = await call(
      org,
      admin,
      'PATCH',
      `/${String(posted.body['id'])}`,
      patch,
      'application/json'
    );
    expect(status).toBe(202);
    expect(body['deployResult']).toMatchObject({ status: 'Canceled' });
  });

  it.each([
    { what: 'no multipart body', body: Buffer.from('{}'), contentType: 'application/json', status: 415, user: 'admin' },
    { what: 'no options', body: multipart({}).subarray(200), contentType: undefined, status: 400, user: 'admin' },
    { what: 'no administrator', body: multipart({}), contentType: undefined, status: 403, user: 'seller' }
  ])('refuses $what', async ({ body, contentType, status, user }) => {
    const { org, admin } = open();
    const token = user === 'admin' ? admin : org.auth.issueAccessToken(addSeller(org));
    const answer = await call(org, token, 'POST', '', body, contentType);
    expect(answer.status).toBe(status);
  });
});
