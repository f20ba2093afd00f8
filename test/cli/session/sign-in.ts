import { expect, it } from 'vitest';
import { admin, clientId, seller, type Session } from './session.js';

interface Login {
  username: string;
  orgId: string;
  instanceUrl: string;
}

interface Display {
  username: string;
  id: string;
  connectedStatus: string;
  instanceUrl: string;
}

interface Limit {
  name: string;
  max: number;
  remaining: number;
}

export const signIn = (session: () => Session): void => {
  it('takes an access token', async () => {
    const { sf, salesforce } = session();
    const login = ['org', 'login', 'access-token', '--instance-url', salesforce.url, '--no-prompt', '--alias'];
    const token = { SF_ACCESS_TOKEN: salesforce.org.auth.issueAccessToken(seller) };
    expect(await sf.ok<Login>([...login, 'seller'], token)).toMatchObject({
      username: seller,
      orgId: salesforce.org.id
    });
    const wrong = await sf.json([...login, 'nobody'], { SF_ACCESS_TOKEN: `${salesforce.org.id}!nobody` });
    expect(wrong.status).toBe(1);
    expect(wrong.message).toContain('Bad_OAuth_Token');
  });

  it('takes a JWT assertion, and shows who is signed in', async () => {
    const { sf, salesforce, privateKeyFile } = session();
    const login = await sf.ok<Login>([
      ...['org', 'login', 'jwt', '--username', admin, '--alias', 'admin', '--client-id', clientId, '--set-default'],
      ...['--jwt-key-file', privateKeyFile, '--instance-url', salesforce.url]
    ]);
    expect(login).toMatchObject({ username: admin, orgId: salesforce.org.id });
    const [own, other] = await Promise.all([
      sf.ok<Display>(['org', 'display']),
      // The address of a token login ends in a slash, so its calls begin with two.
      sf.ok<Display>(['org', 'display', '--target-org', 'seller'])
    ]);
    expect(own).toMatchObject({ username: admin, connectedStatus: 'Connected', id: salesforce.org.id });
    expect(other).toMatchObject({ username: seller, connectedStatus: 'Connected' });
  });

  it('shows limits that count every call', async () => {
    const { sf, salesforce } = session();
    const [before, human] = await Promise.all([
      sf.ok<Limit[]>(['org', 'list', 'limits']),
      sf.print(['org', 'list', 'limits'])
    ]);
    expect(human.stdout).toMatch(/DailyApiRequests\s+\d+\s+100000/);
    const requests = before.find(({ name }) => name === 'DailyApiRequests');
    expect(requests?.max).toBe(100_000);
    expect(requests?.remaining).toBeLessThan(100_000);
    expect(requests?.remaining).toBeGreaterThanOrEqual(100_000 - salesforce.org.usage.used);
  });
};
