import { describe, expect, it } from 'vitest';
import { answerError } from '../../../plugin/src/connectors/business-central/api-errors.js';

const of = (status: number, code: string, message: string, repeatable = true) =>
  answerError({ error: { code, message } }, { status, repeatable });

describe('a refusal of Business Central', () => {
  it.each([
    [400, 'Application_DialogException', 'rejected', 'Application_DialogException'],
    [400, 'Application_FieldValidationException', 'rejected', 'Application_FieldValidationException'],
    [400, 'Application_StringExceededLength', 'rejected', 'TEXT_TOO_LONG'],
    [400, 'Internal_InvalidTableRelation', 'rejected', 'VALUE_UNKNOWN'],
    [400, 'Internal_EntityWithSameKeyExists', 'rejected', 'DUPLICATE_KEY'],
    [409, 'Internal_EntityWithSameKeyExists', 'rejected', 'DUPLICATE_KEY'],
    [405, 'BadRequest_MethodNotAllowed', 'rejected', 'NOT_ALLOWED'],
    [404, 'BadRequest_NotFound', 'rejected', 'BadRequest_NotFound'],
    [404, 'Internal_CompanyNotFound', 'connection', 'COMPANY_NOT_FOUND'],
    [401, 'Authentication_InvalidCredentials', 'connection', 'UNAUTHENTICATED'],
    [401, 'Unknown', 'connection', 'UNAUTHENTICATED'],
    [403, 'Authorization_Anything', 'connection', 'PERMISSION_MISSING'],
    [429, 'Application_TooManyRequests', 'retryable', 'THROTTLED'],
    [503, 'Internal_TenantUnavailable', 'retryable', 'HTTP_503'],
    [500, 'Internal_ServerError', 'retryable', 'HTTP_500']
  ])('%i %s is %s: %s', (status, code, kind, ours) => {
    expect(of(status, code, 'No.')).toMatchObject({ kind, code: ours, details: { status } });
  });

  it('shows what it said without the correlation id, which is kept apart', () => {
    const id = '0f0f0f0f-0000-0000-0000-000000000001';
    const error = of(400, 'BadRequest', `A "displayName" must be provided.  CorrelationId:  ${id}.`);
    expect(error.message).toBe('Business Central refused: A "displayName" must be provided.');
    expect(error.details.correlationId).toBe(id);
  });

  it('that asks for a data upgrade stops the run, as no record can change it', () => {
    const said = 'You must run the data upgrade for this API page before you can use it.';
    expect(of(400, 'Application_DialogException', said)).toMatchObject({
      kind: 'connection',
      code: 'DATA_UPGRADE_NEEDED'
    });
  });

  it.each([500, 502, 503, 504, 408])('%i leaves it open whether a creation was carried out', (status) => {
    expect(of(status, 'Unknown', 'x', false).kind).toBe('unknownOutcome');
  });

  it('without a body that can be read is named by its status', () => {
    const error = answerError(null, { status: 400, repeatable: true, retryAfterMs: 5 });
    expect(error).toMatchObject({ code: 'HTTP_400', message: 'Business Central refused: status 400' });
    expect(error.details.retryAfterMs).toBe(5);
  });
});
