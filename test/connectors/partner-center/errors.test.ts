import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../plugin/src/connectors/partner-center/api-errors.js';
import { createPartnerCenterConnector } from '../../../plugin/src/connectors/partner-center/connector.js';
import { staticTokens, referralsAudience } from '../../../plugin/src/connectors/partner-center/tokens.js';
import type { TokenProvider } from '../../../plugin/src/connectors/partner-center/tokens.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import type { JsonValue } from '../../../plugin/src/ports/json.js';
import { ScriptedHttp } from '../../support/scripted-http.js';
import type { Answer } from '../../support/scripted-http.js';
import { collect } from '../../support/salesforce-answers.js';

function connectorWith(tokens: TokenProvider, ...answers: Answer[]) {
  const http = new ScriptedHttp(...answers);
  const connector = createPartnerCenterConnector({
    baseUrl: 'https://api.example/',
    tokens,
    http,
    clock: new ManualClock(),
    random: new SeededRandom(1)
  });
  return { connector, http };
}
const connectorOf = (...answers: Answer[]) =>
  connectorWith(staticTokens({ [referralsAudience]: 'opaque' }), ...answers);

describe('the three shapes of an error body', () => {
  it.each<{ name: string; body: JsonValue; fault: unknown }>([
    {
      name: 'referrals host, innermost code',
      body: {
        error: {
          code: 'invalidRequest',
          message: 'm',
          target: 'details.dealValue',
          innerError: { code: 'a', innerError: { code: 'b' } }
        }
      },
      fault: { code: 'b', message: 'm', target: 'details.dealValue' }
    },
    {
      name: 'partnercenter host',
      body: { code: 2000, description: 'd', source: 's' },
      fault: { code: '2000', message: 'd' }
    },
    {
      name: 'throttling gateway',
      body: { statusCode: 429, message: 'Try again' },
      fault: { code: '429', message: 'Try again' }
    },
    { name: 'something else', body: 'oops', fault: undefined },
    { name: 'nothing', body: null, fault: undefined }
  ])('$name', ({ body, fault }) => {
    expect(faultOf(body)).toEqual(fault);
  });
});

const mfaChallenge = { 'www-authenticate': 'Bearer error="invalid_token"' };
const appOnly = `x.${Buffer.from(JSON.stringify({ idtyp: 'app' })).toString('base64url')}.x`;

describe('a failed create', () => {
  const cases: { name: string; answer: Answer; expected: object }[] = [
    {
      name: '400',
      answer: { status: 400, json: { error: { code: 'invalidRequest', message: 'x' } } },
      expected: { kind: 'rejected', code: 'invalidRequest' }
    },
    {
      name: '404',
      answer: { status: 404, json: { error: { code: 'itemNotFound' } } },
      expected: { kind: 'rejected', code: 'itemNotFound' }
    },
    {
      name: '401 of a sign-in without a second factor',
      answer: { status: 401, headers: mfaChallenge },
      expected: { kind: 'connection', code: 'NO_MFA' }
    },
    {
      name: '401 otherwise',
      answer: { status: 401, json: { error: { code: 'unauthenticated' } } },
      expected: { kind: 'connection', code: 'UNAUTHENTICATED' }
    },
    {
      name: '403',
      answer: { status: 403, json: { error: { code: 'accessDenied' } } },
      expected: { kind: 'connection', code: 'WRONG_ROLE' }
    },
    {
      name: '429',
      answer: { status: 429, headers: { 'retry-after': '3' } },
      expected: { kind: 'retryable', details: { retryAfterMs: 3000 } }
    },
    { name: '500', answer: { status: 500 }, expected: { kind: 'unknownOutcome', code: 'HTTP_500' } },
    { name: '503', answer: { status: 503 }, expected: { kind: 'unknownOutcome' } },
    { name: '504', answer: { status: 504 }, expected: { kind: 'unknownOutcome' } },
    {
      name: 'a cut connection',
      answer: new HttpTransportError('cut', 'x'),
      expected: { kind: 'unknownOutcome', code: 'TRANSPORT_CUT' }
    },
    { name: 'a time-out', answer: new HttpTransportError('timeout', 'x'), expected: { kind: 'unknownOutcome' } },
    {
      name: 'a refused connection',
      answer: new HttpTransportError('refused', 'x'),
      expected: { kind: 'connection', code: 'UNREACHABLE' }
    }
  ];
  it.each(cases)('is told apart and sent once: $name', async ({ answer, expected }) => {
    const { connector, http } = connectorOf(answer);
    await expect(connector.create('006', {})).rejects.toMatchObject({ system: 'partner-center', ...expected });
    expect(http.requests).toHaveLength(1);
  });

  it('with a token of an application is APP_ONLY_TOKEN', async () => {
    const { connector } = connectorWith(staticTokens({ [referralsAudience]: appOnly }), { status: 403 });
    await expect(connector.create('006', {})).rejects.toMatchObject({ kind: 'connection', code: 'APP_ONLY_TOKEN' });
  });

  it('with a token that the service no longer takes is sent again with a new one', async () => {
    const rejected: string[] = [];
    let count = 0;
    const tokens: TokenProvider = {
      token: () => Promise.resolve(`token${rejected.length}`),
      reject: (_audience, token) => {
        rejected.push(token);
        count += 1;
      }
    };
    const created = { id: 'r', status: 'Active', substatus: 'Accepted', updatedDateTime: '2026-01-05T09:00:00Z' };
    const { connector, http } = connectorWith(tokens, { status: 401 }, { status: 200, json: created });
    expect(await connector.create('006', {})).toMatchObject({ key: 'r' });
    expect([count, rejected, http.requests[1]?.headers?.['authorization']]).toEqual([1, ['token0'], 'Bearer token1']);
  });
});

describe('one referral the user may not change', () => {
  it('is the record’s problem and not the run’s', async () => {
    const { connector } = connectorOf({ status: 403, json: { error: { code: 'accessDenied' } } });
    const record = { key: 'r', document: {}, version: '"1"', modifiedAt: '', lifecycle: 'open' as const };
    await expect(connector.update(record, { 'details.notes': 'x' })).rejects.toMatchObject({
      kind: 'rejected',
      code: 'REFERRAL_NOT_SHARED'
    });
  });
});

describe('the list', () => {
  const referral = (n: number, extra: object = {}) => ({
    id: `r${n}`,
    engagementId: `e${n}`,
    type: 'Independent',
    qualification: 'SalesQualified',
    status: 'Active',
    substatus: 'Accepted',
    externalReferenceId: `006${n}`,
    updatedDateTime: `2026-01-05T09:00:0${n}.1234567Z`,
    ...extra
  });

  it('follows a next link on its own host only, whatever host and path the link names', async () => {
    const link = 'http://evil.example/v1.0/referrals?$skiptoken=abc&$orderby=updatedDateTime%20desc';
    const { connector, http } = connectorOf(
      { json: { value: [referral(2)], '@odata.nextLink': link } },
      { json: { value: [referral(1)] } }
    );
    const pages = await collect(connector.changes(undefined));
    expect(pages.flatMap((page) => page.records.map(({ key }) => key))).toEqual(['r2', 'r1']);
    expect(http.requests[1]?.url).toBe(
      'https://api.example/v1.0/engagements/referrals?$skiptoken=abc&$orderby=updatedDateTime%20desc'
    );
  });

  it.each([
    {
      name: 'marketplace lead',
      extra: { qualification: 'Direct', inviteContext: { invitedBy: { organizationId: 'msft' } } }
    },
    { name: 'marketplace lead of nobody', extra: { qualification: 'Direct' } },
    { name: 'qualified lead', extra: { inviteContext: { invitedBy: { organizationId: 'msft' } } } }
  ])('leaves a $name out', async ({ extra }) => {
    const { connector } = connectorOf({ json: { value: [referral(1, extra)] } });
    expect((await collect(connector.changes(undefined)))[0]?.records).toEqual([]);
  });

  it('keeps a deal of the partner’s own making that says Incoming', async () => {
    const extra = { direction: 'Incoming', inviteContext: { invitedBy: { organizationId: 'own' } } };
    const { connector } = connectorOf({ json: { value: [referral(1, extra)] } });
    expect((await collect(connector.changes(undefined)))[0]?.records).toHaveLength(1);
  });

  it('asks for one engagement per call where the service refuses or', async () => {
    const refs = [1, 2].map((n) => ({ key: `r${n}`, context: { engagementId: `e${n}` } }));
    const { connector, http } = connectorOf(
      { status: 400, json: { error: { code: 'invalidRequest', message: 'filter' } } },
      { json: { value: [referral(1)] } },
      { json: { value: [referral(2)] } }
    );
    expect([...(await connector.read(refs)).keys()]).toEqual(['r1', 'r2']);
    expect(http.unused()).toBe(0);
  });

  it('drops referrals of engagements it did not ask for', async () => {
    const { connector } = connectorOf({ json: { value: [referral(1), referral(2)] } });
    const read = await connector.read([{ key: 'r1', context: { engagementId: 'E1' } }]);
    expect([...read.keys()]).toEqual(['r1']);
  });

  it('walks the front again when a referral may have moved past a walk of several pages', async () => {
    const link = 'https://x.example/referrals?$skiptoken=2';
    const old = { updatedDateTime: '2026-01-05T08:00:00Z' };
    const { connector, http } = connectorOf(
      { json: { value: [referral(5)], '@odata.nextLink': link } },
      { json: { value: [referral(4)] } },
      { json: { value: [referral(3), referral(5, old)], '@odata.nextLink': link } },
      { json: { value: [referral(3)] } }
    );
    const found = await connector.findByMarker('0063', undefined);
    expect(found.map(({ key }) => key)).toEqual(['r3']);
    expect(http.unused()).toBe(0);
  });
});
