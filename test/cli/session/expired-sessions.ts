import { expect, it } from 'vitest';
import type { Session } from './session.js';

export const expiredSessions = (session: () => Session): void => {
  const count = ['data', 'query', '--query', 'SELECT COUNT() FROM Account'];
  const expire = () => session().control('POST', '/faults', { expireTokens: true });

  it('are renewed by JWT for REST and for SOAP calls', async () => {
    const { sf } = session();
    await expire();
    expect(await sf.ok<{ totalSize: number }>(count)).toMatchObject({ totalSize: expect.any(Number) });
    await expire();
    const deploy = ['project', 'deploy', 'start', '--metadata', 'CustomLabels', '--api-version', '66.0'];
    expect(await sf.ok<{ status: string }>(deploy)).toMatchObject({ status: 'Succeeded' });
  });

  it('end a sign-in by access token', async () => {
    const { sf } = session();
    const refused = await sf.json([...count, '--target-org', 'seller']);
    expect(refused.status).toBe(1);
    expect(refused.message).toContain('Session expired or invalid');
  });
};
