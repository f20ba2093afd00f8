import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';

/** Power Automate's id, as Microsoft's own connector sends it. */
export const POWER_AUTOMATE = '60858c1b-2062-40ad-b42c-996b6b5b047d';

/** One call to the referrals API beside the connector, as another program of the partner makes it. */
export async function callReferrals(
  center: RunningPartnerCenter,
  method: string,
  id = '',
  body?: unknown
): Promise<Record<string, unknown>> {
  const token = await center.issueAccessToken();
  const response = await fetch(`${center.url}/v1.0/engagements/referrals${id === '' ? '' : `/${id}`}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'client-request-id': crypto.randomUUID(),
      'x-caller-id': POWER_AUTOMATE,
      prefer: 'return=representation'
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  });
  if (!response.ok) throw new Error(`${method} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
