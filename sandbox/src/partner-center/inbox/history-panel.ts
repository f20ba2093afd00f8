import { MICROSOFT } from '../core/directory.js';
import type { FieldChange, HistoryEntry } from '../store/referral-store.js';
import type { EngagementView } from './engagement-view.js';
import { moment } from './format.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';
import { panel } from './panel.js';

/** What happened to either referral, newest first. */
export function historyPanel(entries: readonly HistoryEntry[], view: EngagementView): Html {
  return panel(
    'History',
    html`<ol class="history">
      ${entries.map((entry) => item(entry, view))}
    </ol>`
  );
}

function item(entry: HistoryEntry, view: EngagementView): Html {
  const side = entry.referralId === view.own.id ? view.own.organizationName : MICROSOFT.name;
  const { writer } = entry;
  return html`<li>
    <p>
      <strong>${entry.action}</strong> <span class="quiet">on the referral of ${side}</span>
      <span class="sub">
        ${moment(entry.at)} UTC ·
        ${writer.name}${writer.callerId === null ? '' : html` · via <code>${writer.callerId}</code>`}
      </span>
    </p>
    ${
      entry.changes.length === 0
        ? ''
        : html`<ul class="changes">
            ${entry.changes.map(change)}
          </ul>`
    }
  </li>`;
}

function change({ path, from, to }: FieldChange): Html {
  return html`<li><code>${path}</code>: <del>${print(from)}</del> → <ins>${print(to)}</ins></li>`;
}

/** Lists are too long for a line: their size tells enough. */
function print(value: unknown): string {
  if (value === null || value === '') return 'empty';
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
