import { describe, expect, it } from 'vitest';
import { addDeal, call, newOrg } from './org-fixture.js';

describe('deleting an account', () => {
  const cases: readonly [string, string[], number][] = [
    ['without deals', [], 204],
    ['with open and lost deals', ['Prospecting', 'Closed Lost'], 204],
    ['with a won deal', ['Prospecting', 'Closed Won'], 400]
  ];
  it.each(cases)('%s', async (_what, stages, status) => {
    const { org, admin } = newOrg();
    const account = org.data.create(admin, 'Account', { Name: 'Acme' });
    for (const StageName of stages) addDeal(org, admin, { Name: `${StageName} deal`, AccountId: account, StageName });
    const answer = await call(org, 'DELETE', `/sobjects/Account/${account}`);
    expect(answer.status).toBe(status);
    const left = status === 400 ? stages.length : 0;
    expect(org.data.query(admin, 'SELECT COUNT() FROM Opportunity').totalSize).toBe(left);
    if (status !== 400) return;
    expect(answer.body).toEqual([
      {
        errorCode: 'DELETE_FAILED',
        message:
          'Your attempt to delete Acme could not be completed because some opportunities in that account were closed won. ' +
          'The opportunities that could not be deleted are shown below.: Closed Won deal\n'
      }
    ]);
  });

  it('with a won deal that was deleted before', async () => {
    const { org, admin } = newOrg();
    const account = org.data.create(admin, 'Account', { Name: 'Acme' });
    org.data.delete(admin, 'Opportunity', addDeal(org, admin, { AccountId: account, StageName: 'Closed Won' }));
    expect((await call(org, 'DELETE', `/sobjects/Account/${account}`)).status).toBe(204);
  });
});
