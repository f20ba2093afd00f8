import { describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../sandbox/src/salesforce/core/org-handle.js';
import { administrator, freshOrgs } from './support/org.js';
import { archive, opportunityFields, textField } from './support/samples.js';
import { deployCall, operation, soapCall, untilDone } from './support/soap.js';

const fresh = freshOrgs();
const dayMs = 86_400_000;
const validated =
  '<checkOnly>true</checkOnly><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>';
const withTests = `${validated}<testLevel>RunLocalTests</testLevel>`;

/** Deploys the field to its end; gives the id of the deploy. */
async function deployed(org: OrgHandle, token: string, options?: string): Promise<string> {
  const { result } = await soapCall(org, token, deployCall(archive(opportunityFields(textField)), options));
  const id = String(result['id']);
  await untilDone(org, token, id);
  return id;
}

const quick = (org: OrgHandle, token: string, id: string) =>
  soapCall(org, token, operation('deployRecentValidation', `<validationId>${id}</validationId>`));

describe('a quick deploy', () => {
  it('over SOAP deploys what was validated', async () => {
    const org = fresh();
    const token = org.auth.issueAccessToken(administrator);
    const validation = await deployed(org, token, withTests);
    expect(org.schema.field('Opportunity', 'Code__c')).toBeUndefined();
    const { result } = await quick(org, token, validation);
    const { last } = await untilDone(org, token, String(result));
    expect(last.result).toMatchObject({ status: 'Succeeded', checkOnly: 'false', runTestsEnabled: 'false' });
    expect(org.schema.field('Opportunity', 'Code__c')).toBeDefined();
  });

  it('over REST names its validation', async () => {
    const org = fresh();
    const token = org.auth.issueAccessToken(administrator);
    const validation = await deployed(org, token, withTests);
    const { status, body } = await org.dispatch({
      method: 'POST',
      path: '/services/data/v66.0/metadata/deployRequest',
      query: new URLSearchParams(),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ validatedDeployRequestId: validation }))
    });
    expect(status).toBe(201);
    const answer = body as { id: string; validatedDeployRequestId: string };
    expect(answer.validatedDeployRequestId).toBe(validation);
    expect((await untilDone(org, token, answer.id)).last.result).toMatchObject({ status: 'Succeeded' });
  });

  const refusals: readonly [string, string | undefined, (org: OrgHandle, token: string) => unknown][] = [
    ['a validation without tests', validated, () => undefined],
    ['a deploy', undefined, () => undefined],
    ['a validation of eleven days ago', withTests, (org) => org.clock.move(11 * dayMs)],
    ['a validation that another deploy followed', withTests, (org, token) => deployed(org, token)]
  ];
  it.each(refusals)('is refused for %s', async (_what, options, meanwhile) => {
    const org = fresh();
    const validation = await deployed(org, org.auth.issueAccessToken(administrator), options);
    await new Promise((resolve) => setTimeout(resolve, 2));
    await meanwhile(org, org.auth.issueAccessToken(administrator));
    const { fault } = await quick(org, org.auth.issueAccessToken(administrator), validation);
    expect(fault?.code).toContain('INVALID_ID_FIELD');
  });
});
