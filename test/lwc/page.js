import { createElement } from 'lwc';

/** An 18-character Opportunity id. */
export const RECORD_ID = '006000000000001AAA';

/** Puts a component on the page. */
export function show(tag, constructor, properties = {}) {
  const element = createElement(tag, { is: constructor });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element;
}

/** Lets promises settle and components render. */
export async function settle(turns = 5) {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

/** What a list of events brought, in order: `const edits = record(element, 'edit')`. */
export function recordEvents(element, name) {
  const details = [];
  element.addEventListener(name, (event) => details.push(event.detail));
  return details;
}

export const find = (element, selector) => element.shadowRoot.querySelector(selector);
export const findAll = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
/** Rendered text without runs of white space. */
export const textOf = (node) => node.textContent.replace(/\s+/g, ' ').trim();
/** A change as the base components report it. */
export const change = (node, detail) => node.dispatchEvent(new CustomEvent('change', { detail }));
