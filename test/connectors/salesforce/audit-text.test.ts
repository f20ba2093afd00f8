import { describe, expect, it } from 'vitest';
import { auditText } from '../../../plugin/src/connectors/salesforce/audit-text.js';
import type { AuditEntry } from '../../../plugin/src/sync/ports.js';

const entry = (at: string, message: string): AuditEntry => ({
  key: at,
  at,
  direction: 'none',
  action: 'checked',
  outcome: 'success',
  message
});
const morning = entry('2026-01-05T09:05:40.000Z', 'Referral created.');
const noon = entry('2026-01-05T12:00:00.000Z', 'Amount\nchanged');

describe('the running audit text', () => {
  it.each([
    { name: 'a first line', before: '', entries: [morning], text: '2026-01-05 09:05 - Referral created.' },
    {
      name: 'newest first, on one line each, ended by a full stop',
      before: '',
      entries: [morning, noon],
      text: '2026-01-05 12:00 - Amount changed.\n2026-01-05 09:05 - Referral created.'
    },
    {
      name: 'new lines above old ones of any line ending',
      before: '2020-04-17 09:05 - Partner Center Referral to CRM sync success.\r\n2020-04-16 08:00 - Old.',
      entries: [morning],
      text: '2026-01-05 09:05 - Referral created.\n2020-04-17 09:05 - Partner Center Referral to CRM sync success.\n2020-04-16 08:00 - Old.'
    },
    {
      name: 'the last told on top within one moment',
      before: '',
      entries: [morning, { ...morning, message: 'Microsoft was invited.' }],
      text: '2026-01-05 09:05 - Microsoft was invited.\n2026-01-05 09:05 - Referral created.'
    },
    {
      name: 'nothing twice',
      before: '2026-01-05 09:05 - Referral created.',
      entries: [morning],
      text: '2026-01-05 09:05 - Referral created.'
    }
  ])('$name', ({ before, entries, text }) => {
    expect(auditText(before, entries)).toBe(text);
  });

  it('drops the oldest lines where the field is full', () => {
    const old = Array.from({ length: 2000 }, (_, n) => `2020-01-01 00:00 - ${String(n).padStart(60, '0')}.`).join('\n');
    const text = auditText(old, [morning]);
    expect(text.length).toBeLessThanOrEqual(100_000);
    expect(text.startsWith('2026-01-05 09:05 - Referral created.\n2020-01-01')).toBe(true);
    expect(old.split('\n')).toContain(text.split('\n').at(-1));
  });
});
