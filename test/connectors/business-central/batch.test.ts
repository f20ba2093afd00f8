import { describe, expect, it } from 'vitest';
import type { BatchPart, PartResult } from '../../../plugin/src/connectors/business-central/batch.js';
import { runBatch } from '../../../plugin/src/connectors/business-central/batch.js';
import { runAction } from '../../../plugin/src/connectors/business-central/actions.js';
import { pdfLink } from '../../../plugin/src/connectors/business-central/links.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import { COMPANY, idOf, refusal, ROOT, scriptedApi } from '../../support/business-central-rig.js';

const patch = (n: number): BatchPart => ({
  method: 'PATCH',
  path: `companies(${COMPANY})/customers(${idOf(n)})`,
  body: { city: 'Lyon' },
  ifMatch: `W/"${n}"`
});
const post: BatchPart = { method: 'POST', path: `companies(${COMPANY})/customers`, body: { displayName: 'Coho' } };
const answer = (id: number, status: number, body: object = {}): object => ({ id: String(id), status, body });
const fault = (code: string): object => ({ error: { code, message: 'No.' } });
const answers = (...responses: object[]): object => ({ json: { responses } });
const outcomes = (results: readonly PartResult[]): string[] =>
  results.map((result) => (result.outcome === 'failed' ? `${result.error.kind} ${result.error.code}` : result.outcome));

describe('a batch', () => {
  it('keeps the order of its parts, whatever order the answers have', async () => {
    const { api, http } = scriptedApi(answers(answer(1, 200, { id: 'b' }), answer(0, 200, { id: 'a' })));
    const results = await runBatch(api, [patch(1), patch(2)]);
    expect(results).toMatchObject([{ json: { id: 'a' } }, { json: { id: 'b' } }]);
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: `${ROOT}/v2.0/$batch`,
      headers: { prefer: 'odata.continue-on-error' }
    });
    expect(http.bodyOf(0)).toMatchObject({
      requests: [{ id: '0', method: 'PATCH', headers: { 'If-Match': 'W/"1"' }, body: { city: 'Lyon' } }, { id: '1' }]
    });
  });

  it('says of each part what became of it', async () => {
    const { api } = scriptedApi(
      answers(
        answer(0, 200),
        answer(1, 409, fault('Request_EntityChanged')),
        answer(2, 400, fault('Application_DialogException')),
        answer(3, 429, fault('Application_TooManyRequests')),
        answer(5, 500, fault('Internal_ServerError'))
      )
    );
    expect(outcomes(await runBatch(api, [patch(0), patch(1), patch(2), patch(3), patch(4), post]))).toEqual([
      'done',
      'stale',
      'rejected Application_DialogException',
      'retryable THROTTLED',
      'retryable PART_UNANSWERED',
      'unknownOutcome HTTP_500'
    ]);
  });

  it('has a hundred parts per call at most', async () => {
    const all = (from: number, to: number): object =>
      answers(...Array.from({ length: to - from }, (_, n) => answer(n, 200)));
    const { api, http } = scriptedApi(all(0, 100), all(100, 150));
    const results = await runBatch(
      api,
      Array.from({ length: 150 }, (_, n) => patch(n))
    );
    expect(results.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(http.requests.map((_, n) => (http.bodyOf(n) as { requests: [] }).requests.length)).toEqual([100, 50]);
  });

  it('does not believe the 201 of a transaction that was rolled back', async () => {
    const { api, http } = scriptedApi(answers(answer(0, 201, { id: 'x' }), answer(1, 400, fault('BadRequest'))));
    expect(outcomes(await runBatch(api, [post, patch(1)], { atomic: true }))).toEqual([
      'retryable ROLLED_BACK',
      'rejected BadRequest'
    ]);
    expect(http.requests[0]?.headers).toMatchObject({ isolation: 'snapshot' });
  });

  it('knows that nothing was done when only the first part of a transaction is answered, with a refusal', async () => {
    const { api } = scriptedApi(answers(answer(0, 400, fault('BadRequest'))));
    expect(outcomes(await runBatch(api, [post, post], { atomic: true }))).toEqual([
      'rejected BadRequest',
      'retryable ROLLED_BACK'
    ]);
  });

  it('refuses a transaction that would have to be cut in two', async () => {
    const { api } = scriptedApi();
    await expect(runBatch(api, [post, post], { atomic: true, maxParts: 1 })).rejects.toThrow(RangeError);
  });

  it('with a creation in it is sent once, and the next one is not sent after it', async () => {
    const { api, http } = scriptedApi(new HttpTransportError('cut', 'cut'));
    expect(outcomes(await runBatch(api, [post, patch(1), patch(2)], { maxParts: 2 }))).toEqual([
      'unknownOutcome TRANSPORT_CUT',
      'unknownOutcome TRANSPORT_CUT',
      'retryable NOT_SENT'
    ]);
    expect(http.requests).toHaveLength(1);
  });

  it('of conditional writes only is repeated', async () => {
    const { api, http } = scriptedApi(refusal(503, 'Unknown'), answers(answer(0, 200)));
    expect(outcomes(await runBatch(api, [patch(0)]))).toEqual(['done']);
    expect(http.requests).toHaveLength(2);
  });

  it('stops the run when the connection itself does not work', async () => {
    const { api } = scriptedApi(refusal(403, 'Authorization_PermissionDenied'));
    await expect(runBatch(api, [patch(0)])).rejects.toMatchObject({ kind: 'connection', code: 'PERMISSION_MISSING' });
  });
});

describe('an action', () => {
  const company = `v2.0/companies(${COMPANY})`;

  it('makes an order of a quote', async () => {
    const { api, http } = scriptedApi({ status: 204 });
    await runAction(api, company, 'salesQuotes', idOf(1), 'makeOrder');
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: `${ROOT}/${company}/salesQuotes(${idOf(1)})/Microsoft.NAV.makeOrder`
    });
  });

  it('is never repeated: a lost answer may stand for an order', async () => {
    const { api, http } = scriptedApi(refusal(502, 'Unknown'));
    await expect(runAction(api, company, 'salesQuotes', idOf(1), 'makeOrder')).rejects.toMatchObject({
      kind: 'unknownOutcome'
    });
    expect(http.requests).toHaveLength(1);
  });

  it('that posts or sends is refused without a call', async () => {
    const { api, http } = scriptedApi();
    await expect(runAction(api, company, 'salesQuotes', idOf(1), 'send')).rejects.toMatchObject({
      code: 'ACTION_NOT_OURS'
    });
    expect(http.requests).toEqual([]);
  });
});

describe('the printed form of a document', () => {
  const ask = (given: object): Promise<string | undefined> =>
    pdfLink(scriptedApi(given).api, `v2.0/companies(${COMPANY})`, 'salesInvoices', idOf(1));

  it('is a link', async () => {
    const link = `${ROOT}/x`;
    expect(await ask({ json: { 'pdfDocumentContent@odata.mediaReadLink': link } })).toBe(link);
  });

  it('is missing where there is none', async () => {
    expect(await ask(refusal(404, 'BadRequest_NotFound'))).toBeUndefined();
  });
});
