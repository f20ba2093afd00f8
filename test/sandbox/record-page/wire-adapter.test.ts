import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WireResult } from '../../../sandbox/src/record-page/client/data/adapter.js';

// The client reads its bootstrap from the document, which Node does not have.
vi.stubGlobal('document', { getElementById: () => ({ textContent: '{"apiVersion":"66.0"}' }) });
const { Adapter, refreshAll, refreshRecords } = await import('../../../sandbox/src/record-page/client/data/adapter.js');
const { call, read } = await import('../../../sandbox/src/record-page/client/data/http.js');

interface Config {
  recordId?: string;
}

const pendingReads: { config: Config; resolve: (value: object) => void; reject: (error: unknown) => void }[] = [];

class Probe extends Adapter<Config, object> {
  protected isReady(config: Config): boolean {
    return config.recordId !== undefined;
  }

  protected read(config: Config): Promise<object> {
    return new Promise((resolve, reject) => pendingReads.push({ config, resolve, reject }));
  }
}

const opportunity = '0065g0000000001AAA';
const account = '0015g0000000001AAA';
let emitted: WireResult<object>[];
let probe: Probe;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  pendingReads.length = 0;
  emitted = [];
  probe?.disconnect();
  probe = new Probe((result) => emitted.push(result));
  probe.connect();
});

describe('a wire', () => {
  it('first emits that it has nothing, then waits for its parameters', () => {
    probe.update({});
    expect(emitted).toEqual([{ data: undefined, error: undefined }]);
    expect(pendingReads).toEqual([]);
  });

  it('emits data, or an error', async () => {
    probe.update({ recordId: opportunity });
    pendingReads[0]?.resolve({ id: opportunity });
    await settled();
    probe.update({ recordId: account });
    pendingReads[1]?.reject('refused');
    await settled();
    expect(emitted.slice(1)).toEqual([
      { data: { id: opportunity }, error: undefined },
      { data: undefined, error: 'refused' }
    ]);
  });

  it('drops an answer that a newer call has overtaken', async () => {
    probe.update({ recordId: opportunity });
    probe.update({ recordId: account });
    pendingReads[1]?.resolve({ id: 'new' });
    await settled();
    pendingReads[0]?.resolve({ id: 'old' });
    await settled();
    expect(emitted.map(({ data }) => data)).toEqual([undefined, { id: 'new' }]);
  });

  it('drops an answer that arrives after the component is gone', async () => {
    probe.update({ recordId: opportunity });
    probe.disconnect();
    pendingReads[0]?.resolve({ id: opportunity });
    await settled();
    expect(emitted).toHaveLength(1);
  });

  it.each([
    ['the record itself', opportunity, 2],
    ['its short id', opportunity.slice(0, 15), 2],
    ['a parent in its answer', account, 2],
    ['another record', '0065g0000000002AAA', 1]
  ])('after a change of %s has read %i times', async (_case, changed, reads) => {
    probe.update({ recordId: opportunity });
    pendingReads[0]?.resolve({ id: opportunity, fields: { Account: { value: { id: account } } } });
    await settled();
    void refreshRecords([changed]);
    expect(pendingReads).toHaveLength(reads);
  });

  it('reads again with the whole page, and not when it is gone', () => {
    probe.update({ recordId: opportunity });
    void refreshAll();
    probe.disconnect();
    void refreshAll();
    expect(pendingReads).toHaveLength(2);
  });
});

describe('reading', () => {
  const answers: ((response: Response) => void)[] = [];
  const fetchStub = vi.fn(() => new Promise<Response>((resolve) => answers.push(resolve)));
  beforeEach(() => {
    answers.length = 0;
    fetchStub.mockClear();
    vi.stubGlobal('fetch', fetchStub);
  });

  it('shares a request that is under way, and freezes its answer deeply', async () => {
    const both = [read<{ a: { b: number } }>('shared'), read<{ a: { b: number } }>('shared')];
    answers[0]?.(new Response('{"a":{"b":1}}'));
    const [first, second] = await Promise.all(both);
    expect(fetchStub).toHaveBeenCalledTimes(1);
    expect(first).toBe(second);
    expect(Object.isFrozen(first?.a)).toBe(true);
    void read('shared');
    expect(fetchStub).toHaveBeenCalledTimes(2);
  });

  it('never shares across a write', async () => {
    void read('before');
    const write = call('PATCH', 'y', {});
    void read('before');
    answers[1]?.(new Response(null, { status: 204 }));
    await write;
    void read('before');
    expect(fetchStub.mock.calls).toHaveLength(3);
  });

  it.each([
    ['a read as a list', () => read('gone'), [{ errorCode: 'NOT_FOUND', message: 'gone' }]],
    ['a write as an object', () => call('DELETE', 'x'), { errorCode: 'NOT_FOUND', message: 'gone', statusCode: 404 }]
  ])('gives the failure of %s', async (_case, act, body) => {
    const failed = act().catch((error: unknown) => error);
    answers[0]?.(
      new Response('[{"errorCode":"NOT_FOUND","message":"gone"}]', { status: 404, statusText: 'Not Found' })
    );
    expect(await failed).toEqual({ ok: false, status: 404, statusText: 'Not Found', body });
  });
});
