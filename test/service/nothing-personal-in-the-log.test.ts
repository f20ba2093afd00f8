import { describe, expect, it } from 'vitest';
import { ConnectorError, CosellError } from '../../plugin/src/ports/errors.js';
import { errorFields, eventLog } from '../../plugin/src/service/log.js';
import { runLoop } from '../../plugin/src/service/loop.js';
import { contact } from '../support/engine/fake-org.js';
import { World } from '../support/engine/world.js';

function capture(level = 'debug') {
  const lines: string[] = [];
  return { lines, log: eventLog(level, { write: (line: string) => void lines.push(line) }) };
}

const SECRETS = [
  'Alpine',
  'Kari',
  'kari@alpine.example',
  'Sam.Seller',
  '0.ArefreshToken',
  'eyJhbGciOi',
  'Deal 1',
  'First line'
];

describe('the log', () => {
  it('keeps keys, codes and counts and drops every other field', () => {
    const { lines, log } = capture();
    log.write('info', 'run', {
      runId: 'r-1',
      code: 'REJECTED',
      counts: { created: 2 },
      name: 'Alpine Ski House',
      message: 'for Kari'
    });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'run',
      runId: 'r-1',
      code: 'REJECTED',
      counts: { created: 2 }
    });
    expect(lines[0]).not.toMatch(/Alpine|Kari|message/);
  });

  it.each([
    ['an e-mail address', 'kari@alpine.example'],
    ['words', 'Alpine Ski House'],
    ['a token', `eyJhbGciOi${'x'.repeat(200)}`]
  ])('redacts %s in an allowed field', (_what, value) => {
    const { lines, log } = capture();
    log.write('warn', 'issue', { target: value });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ target: '[redacted]' });
  });

  it('never says what an error says', () => {
    const refused = new ConnectorError('partner-center', 'rejected', 'invalidRequest', 'Kari Kunde is not valid', {
      status: 400,
      target: 'customerProfile.team'
    });
    expect(errorFields(refused)).toEqual({
      system: 'partner-center',
      kind: 'rejected',
      code: 'invalidRequest',
      status: 400,
      correlationId: undefined,
      target: 'customerProfile.team'
    });
    expect(errorFields(new CosellError('LEDGER_FAILED', 'at /home/kari'))).toEqual({ code: 'LEDGER_FAILED' });
    expect(errorFields(new TypeError('Kari'))).toEqual({ code: 'INTERNAL', kind: 'TypeError' });
  });

  it('of a service at work holds no value of any record and no secret', async () => {
    const world = await World.open();
    const keys = [
      world.org.add({ Contacts: [contact], How_can_Microsoft_help__c: 'General or Other' }),
      world.org.add({ Amount: null })
    ];
    const bad = world.org.add();
    world.referrals.before = (call, key) => {
      if (call === 'create' && key === bad)
        throw new ConnectorError('partner-center', 'rejected', 'invalidRequest', 'Alpine: kari@alpine.example', {
          target: 'Kari Kunde'
        });
    };
    const { lines, log } = capture();
    const controller = new AbortController();
    let cycles = 0;
    await runLoop({
      run: async () => {
        cycles += 1;
        if (cycles === 3) throw new Error('0.ArefreshToken eyJhbGciOi Kari');
        if (cycles === 4) controller.abort();
        if (cycles === 2) world.org.edit(keys[0] ?? '', { Description: 'for Kari' });
        return world.run();
      },
      clock: world.clock,
      random: world.random,
      intervalMs: 1000,
      signal: controller.signal,
      log,
      state: { startedAt: '', cycles: 0, failures: 0, stopping: false }
    });
    const text = lines.join('');
    expect(text).toContain('AMOUNT_MISSING');
    expect(text).toContain(keys[1]);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });
});
