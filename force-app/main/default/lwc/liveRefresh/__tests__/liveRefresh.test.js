import { subscribe, unsubscribe } from 'lightning/empApi';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { LiveRefresh } from 'c/liveRefresh';
import { RECORD_ID, settle } from 'test/page';

const SECOND = 1_000;
const looks = () => notifyRecordUpdateAvailable.mock.calls.length;
let host;
let live;

const pass = async (milliseconds) => {
  jest.advanceTimersByTime(milliseconds);
  await settle();
};
const setHidden = (hidden) => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new CustomEvent('visibilitychange'));
};
const receive = (...recordIds) => {
  const [, , onMessage] = subscribe.mock.lastCall;
  onMessage({ data: { payload: { ChangeEventHeader: { recordIds } } } });
};
const startWithoutEvents = async () => {
  subscribe.mockRejectedValueOnce(new Error('403::Forbidden'));
  live.start();
  await settle();
};
const startWithEvents = async () => {
  subscribe.mockResolvedValueOnce({ id: 1, channel: '/data/OpportunityChangeEvent' });
  live.start();
  await settle();
  await pass(0);
};

beforeEach(() => {
  jest.useFakeTimers();
  host = { recordId: () => RECORD_ID, isWaiting: jest.fn(() => false), refreshLists: jest.fn() };
  live = new LiveRefresh(host);
});
afterEach(() => {
  live.stop();
  setHidden(false);
});

describe('liveRefresh at intervals', () => {
  it('looks every 15 seconds without an event channel, lists included', async () => {
    await startWithoutEvents();
    await pass(15 * SECOND);
    expect(notifyRecordUpdateAvailable).toHaveBeenLastCalledWith([{ recordId: RECORD_ID }]);
    expect([looks(), host.refreshLists.mock.calls.length]).toEqual([1, 1]);
    await pass(15 * SECOND);
    expect(looks()).toBe(2);
  });

  it('looks twice a second while waiting, then every five seconds', async () => {
    host.isWaiting.mockReturnValue(true);
    await startWithoutEvents();
    live.expect();
    await pass(10 * SECOND);
    expect(looks()).toBe(20);
    await pass(20 * SECOND);
    expect(looks()).toBe(24);
    expect(host.refreshLists).not.toHaveBeenCalled();
  });

  it('starts the quick phase anew with the next edit', async () => {
    host.isWaiting.mockReturnValue(true);
    await startWithoutEvents();
    await pass(60 * SECOND);
    const before = looks();
    live.expect();
    await pass(2 * SECOND);
    expect(looks() - before).toBe(4);
  });

  it('calms down when the service has answered', async () => {
    host.isWaiting.mockReturnValue(true);
    await startWithoutEvents();
    await pass(SECOND);
    host.isWaiting.mockReturnValue(false);
    live.recordChanged();
    const before = looks();
    await pass(14 * SECOND);
    expect(looks()).toBe(before);
  });

  it('rests while the page is hidden and looks at once on return', async () => {
    await startWithoutEvents();
    setHidden(true);
    await pass(120 * SECOND);
    expect(looks()).toBe(0);
    setHidden(false);
    expect([looks(), host.refreshLists.mock.calls.length]).toEqual([1, 1]);
  });

  it('survives a failing look', async () => {
    notifyRecordUpdateAvailable.mockRejectedValueOnce(new Error('offline'));
    await startWithoutEvents();
    await pass(30 * SECOND);
    expect(looks()).toBe(2);
  });

  it('looks at nothing without a record', async () => {
    host.recordId = () => undefined;
    await startWithoutEvents();
    await pass(15 * SECOND);
    expect(looks()).toBe(0);
  });

  it('stops with the component', async () => {
    await startWithoutEvents();
    live.recordChanged();
    live.stop();
    live.recordChanged();
    await pass(60 * SECOND);
    expect([looks(), host.refreshLists.mock.calls.length]).toEqual([0, 2]);
  });
});

describe('liveRefresh on change events', () => {
  it('subscribes once to new events of opportunities', async () => {
    await startWithEvents();
    live.start();
    expect(subscribe.mock.calls).toEqual([['/data/OpportunityChangeEvent', -1, expect.any(Function)]]);
  });

  it.each([
    ['this record', [RECORD_ID], 1],
    ['this record among others', ['006000000000009AAA', RECORD_ID], 1],
    ['this record by its short id', [RECORD_ID.slice(0, 15)], 1],
    ['another record', ['006000000000009AAA'], 0]
  ])('an event on %s', async (_, recordIds, expected) => {
    await startWithEvents();
    receive(...recordIds);
    expect([looks(), host.refreshLists.mock.calls.length]).toEqual([expected, expected]);
  });

  it('looks at the lists once more a second later, for rows written after the record', async () => {
    await startWithEvents();
    receive(RECORD_ID);
    await pass(SECOND);
    expect(host.refreshLists).toHaveBeenCalledTimes(2);
  });

  it('ignores an event without a header', async () => {
    await startWithEvents();
    subscribe.mock.lastCall[2]({ data: { payload: {} } });
    expect(looks()).toBe(0);
  });

  it('gives the subscription back', async () => {
    await startWithEvents();
    live.stop();
    expect(unsubscribe).toHaveBeenCalledTimes(1);
  });

  it('gives back a subscription that arrives after the component has gone', async () => {
    subscribe.mockResolvedValueOnce({ id: 2, channel: '/data/OpportunityChangeEvent' });
    live.start();
    live.stop();
    await settle();
    expect(unsubscribe).toHaveBeenCalledTimes(1);
  });
});
