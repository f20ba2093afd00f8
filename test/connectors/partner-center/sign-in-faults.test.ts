import { describe, expect, it } from 'vitest';
import { explainSignIn } from '../../../plugin/src/connectors/partner-center/msal-faults.js';
import { factsOf } from '../../../plugin/src/connectors/partner-center/token-claims.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';

describe('a refusal of the sign-in service', () => {
  it.each([
    [65001, 'invalid_grant', 'CONSENT_MISSING'],
    [50173, 'invalid_grant', 'TOKEN_EXPIRED'],
    [700082, 'invalid_grant', 'TOKEN_EXPIRED'],
    [50076, 'invalid_grant', 'NO_MFA'],
    [53003, 'invalid_grant', 'BLOCKED_BY_POLICY'],
    [7000218, 'invalid_client', 'PUBLIC_CLIENT_OFF'],
    [50011, 'invalid_request', 'REDIRECT_NOT_REGISTERED'],
    [500011, 'invalid_resource', 'AUDIENCE_UNKNOWN'],
    [70020, 'expired_token', 'SIGN_IN_TIMED_OUT'],
    [undefined, 'interaction_required', 'NO_MFA'],
    [undefined, 'access_denied', 'SIGN_IN_DECLINED']
  ])('AADSTS%s %s is %s, with a step to take', (number, error, code) => {
    const found = explainSignIn({ error: undefined, fault: { error, ...(number === undefined ? {} : { number }) } });
    expect(found).toMatchObject({ code, kind: 'connection' });
    expect(found.nextSteps.length).toBeGreaterThan(0);
  });

  it('that is not known is shown with its number, and never with the sentence of the service', () => {
    const error = Object.assign(new Error('kari@alpine.example is locked'), { errorCode: 'invalid_request' });
    const found = explainSignIn({ error, fault: { error: 'invalid_request', number: 50053 } });
    expect([found.code, found.message]).toEqual([
      'SIGN_IN_FAILED',
      'The sign-in service refused: invalid_request AADSTS50053.'
    ]);
  });

  it('that passes may be tried again, and so may an answer that was late', () => {
    expect(explainSignIn({ error: { errorCode: 'temporarily_unavailable' } }).kind).toBe('retryable');
    const transport = new HttpTransportError('timeout', 'login did not answer in time.');
    expect(explainSignIn({ error: undefined, transport })).toMatchObject({
      code: 'SIGN_IN_UNREACHABLE',
      kind: 'retryable'
    });
  });
});

describe('what a token says about itself', () => {
  const token = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  it.each([
    [
      'a person',
      { aud: 'https://a/', upn: 'u', tid: 't', amr: ['pwd', 'mfa'] },
      { audience: 'https://a', user: 'u', tenantId: 't', mfa: true }
    ],
    ['a password', { amr: ['pwd'], preferred_username: 'p' }, { user: 'p', mfa: false }],
    ['nothing', { amr: 'mfa', aud: 7 }, {}]
  ])('%s', (_what, claims, facts) => {
    expect(factsOf(token(claims))).toEqual(facts);
  });

  it('is nothing for an opaque token', () => {
    expect(factsOf('opaque')).toEqual({});
  });
});
