import { describe, expect, it } from 'vitest';
import { bulkQuery } from '../../../../plugin/src/connectors/salesforce/bulk/index.js';
import type { BulkPorts } from '../../../../plugin/src/connectors/salesforce/bulk/index.js';
import { SalesforceRest } from '../../../../plugin/src/connectors/salesforce/rest.js';
import { ManualClock } from '../../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../../plugin/src/ports/http.js';
import type { HttpStream } from '../../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../../plugin/src/ports/random.js';
import { collect, FakeSession } from '../../../support/salesforce-answers.js';
import { ScriptedHttp } from '../../../support/scripted-http.js';
import type { Answer } from '../../../support/scripted-http.js';

/** Answers of which some break off after so many characters. */
class BreakingHttp extends ScriptedHttp {
  public readonly breaks: number[] = [];

  public override async stream(request: Parameters<ScriptedHttp['stream']>[0]): Promise<HttpStream> {
    const answer = await super.stream(request);
    const after = this.breaks.shift();
    if (after === undefined) return answer;
    const pieces = async function* (): AsyncGenerator<string> {
      let read = 0;
      for await (const piece of answer.body) {
        if ((read += piece.length) > after) throw new HttpTransportError('cut', 'org.example closed the connection.');
        yield piece;
      }
    };
    return { ...answer, body: pieces() };
  }
}

const job = (state: string): Answer => ({ json: { id: '750x', state } });
const page = (locator: string, ...ids: string[]): Answer => ({
  headers: { 'sforce-locator': locator },
  body: `"Id"\n${ids.map((id) => `"${id}"\n`).join('')}`
});

function subject(...answers: Answer[]): { http: BreakingHttp; ports: BulkPorts; clock: ManualClock } {
  const http = new BreakingHttp(...answers);
  const clock = new ManualClock();
  const random = new SeededRandom(3);
  const rest = new SalesforceRest({ session: new FakeSession(), http, clock, random });
  return { http, ports: { rest, clock, random }, clock };
}

describe('result pages of a Bulk query', () => {
  it('that break off half way are asked for again, and no row comes twice', async () => {
    const second = page('null', '3', '4');
    const { http, ports } = subject(job('UploadComplete'), job('JobComplete'), page('L/1', '1', '2'), second, second);
    http.breaks.push(1000, 12);
    expect((await collect(bulkQuery(ports, 'SELECT Id FROM Account'))).map((row) => row['Id'])).toEqual([
      '1',
      '2',
      '3',
      '4'
    ]);
    const asked = http.requests.slice(2).map(({ url }) => url.split('?')[1]);
    expect(asked).toEqual(['maxRecords=2000', 'maxRecords=2000&locator=L%2F1', 'maxRecords=2000&locator=L%2F1']);
  });

  it('that always break off end the read after four attempts', async () => {
    const first = page('null', '1');
    const { http, ports } = subject(job('UploadComplete'), job('JobComplete'), first, first, first, first);
    http.breaks.push(3, 3, 3, 3);
    await expect(collect(bulkQuery(ports, 'SELECT Id FROM Account'))).rejects.toMatchObject({
      kind: 'retryable',
      code: 'TRANSPORT_CUT'
    });
    expect(http.unused()).toBe(0);
  });

  it('are not read when the job failed; the reason is told and nothing is left running', async () => {
    const failed = { json: { id: '750x', state: 'Failed', errorMessage: 'QUERY_TIMEOUT' } };
    const { http, ports } = subject(job('UploadComplete'), job('InProgress'), failed, { status: 400 });
    await expect(collect(bulkQuery(ports, 'SELECT Id FROM Account'))).rejects.toMatchObject({
      code: 'BULK_JOB_FAILED',
      jobId: '750x',
      message: expect.stringContaining('QUERY_TIMEOUT'),
      nextSteps: [expect.stringContaining('750x')]
    });
    expect(http.bodyOf(3)).toEqual({ state: 'Aborted' });
  });

  it('are waited for with growing pauses, and given up at the time-out', async () => {
    const looks = Array.from({ length: 8 }, () => job('InProgress'));
    const { http, ports, clock } = subject(job('UploadComplete'), ...looks, { status: 200 });
    ports.polling = { timeoutMs: 30_000 };
    const before = clock.now();
    await expect(collect(bulkQuery(ports, 'SELECT Id FROM Account'))).rejects.toMatchObject({
      code: 'BULK_JOB_TIMEOUT'
    });
    expect(clock.now() - before).toBeLessThanOrEqual(30_000);
    expect(http.requests.at(-1)).toMatchObject({ method: 'PATCH' });
  });
});
