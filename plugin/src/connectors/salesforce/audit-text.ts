import type { AuditEntry } from '../../sync/ports.js';

/** Length of the field `Audit__c`. */
const maxText = 100_000;

/** `2020-04-17 09:05 - Partner Center Referral to CRM sync success.`: the form that Microsoft's connector writes, UTC. */
function line(entry: AuditEntry): string {
  const when = `${entry.at.slice(0, 10)} ${entry.at.slice(11, 16)}`;
  const text = entry.message.replace(/\s+/g, ' ').trim();
  return `${when} - ${/[.!?]$/.test(text) ? text : `${text}.`}`;
}

/**
 * Puts new lines on top of the running text, newest first, and drops the oldest lines where the field is full. A line
 * that is already there is not added again, so telling the same thing twice changes nothing.
 */
export function auditText(before: string, entries: readonly AuditEntry[]): string {
  const old = before.split(/\r?\n/).filter((text) => text !== '');
  const known = new Set(old);
  const fresh: string[] = [];
  // Reversed first: of two entries of one moment the later one is told last and belongs on top.
  for (const entry of [...entries].reverse().sort((a, b) => b.at.localeCompare(a.at))) {
    const text = line(entry).slice(0, maxText);
    if (known.has(text)) continue;
    known.add(text);
    fresh.push(text);
  }
  const kept: string[] = [];
  let length = -1;
  for (const text of [...fresh, ...old]) {
    length += text.length + 1;
    if (length > maxText) break;
    kept.push(text);
  }
  return kept.join('\n');
}
