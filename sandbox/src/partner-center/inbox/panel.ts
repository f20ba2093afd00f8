import type { Html } from '../http/html.js';
import { html } from '../http/html.js';

export type Fact = readonly [label: string, value: Html | string | null];

/** Labelled values; what is missing shows as a dash, or not at all when `hideMissing`. */
export function facts(rows: readonly Fact[], hideMissing = false): Html {
  const shown = hideMissing ? rows.filter(([, value]) => value !== null && value !== '') : rows;
  return html`<dl>
    ${shown.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value === null || value === '' ? '–' : value}</dd>
        </div>`
    )}
  </dl>`;
}

export function panel(title: string, content: Html): Html {
  return html`<section class="panel">
    <h2>${title}</h2>
    ${content}
  </section>`;
}
