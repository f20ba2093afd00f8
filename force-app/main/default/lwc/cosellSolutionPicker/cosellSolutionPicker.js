import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { CATALOGUE_QUERY, catalogueVariables, readCatalogue } from './catalogue';
import { formatLabel } from 'c/formatLabel';
import SOLUTION_ADD_LABEL from '@salesforce/label/c.Cosell_Solution_Add_Label';
import SOLUTION_PLACEHOLDER from '@salesforce/label/c.Cosell_Solution_Placeholder';
import SOLUTION_NO_MATCH from '@salesforce/label/c.Cosell_Solution_No_Match';
import SOLUTION_MATCHES from '@salesforce/label/c.Cosell_Solution_Matches';
import CATALOGUE_EMPTY from '@salesforce/label/c.Cosell_Catalogue_Empty';
/** Milliseconds of rest before a search is sent. */
const TYPING_PAUSE = 250;
/** Search-as-you-type over the active catalogue. Sends `select` with `{ id, name }`. */
export default class CosellSolutionPicker extends LightningElement {
  /** Solutions not to offer. */
  @api
  excludedIds = [];
  text = '';
  term = '';
  found;
  errors;
  isOpen = false;
  active = -1;
  label = { SOLUTION_ADD_LABEL, SOLUTION_PLACEHOLDER };
  rerun;
  timer;
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredCatalogue({ data, errors, refresh }) {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (data) this.found = readCatalogue(data);
  }
  /** Nothing is asked until the rep turns to the field: without a query the adapter waits. */
  get query() {
    return this.isOpen || this.found ? CATALOGUE_QUERY : undefined;
  }
  get variables() {
    return catalogueVariables(this.term, this.excludedIds.length);
  }
  get options() {
    const free = (this.found ?? []).filter(({ id }) => !this.excludedIds.includes(id));
    return free.map((solution, position) => ({
      ...solution,
      position,
      selected: position === this.active ? 'true' : 'false',
      itemClass: `slds-media slds-listbox__option slds-listbox__option_entity slds-listbox__option_has-meta${position === this.active ? ' slds-has-focus' : ''}`
    }));
  }
  get comboboxClass() {
    return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click${this.isOpen ? ' slds-is-open' : ''}`;
  }
  get expanded() {
    return String(this.isOpen);
  }
  get activeId() {
    return this.isOpen ? this.options[this.active]?.id : undefined;
  }
  /** What is said about the result when there is nothing to choose, and to screen readers always. */
  get hint() {
    if (!this.isOpen || !this.found) return '';
    if (this.options.length > 0) return formatLabel(SOLUTION_MATCHES, this.options.length);
    return this.found.length === 0 && this.term === '' ? CATALOGUE_EMPTY : SOLUTION_NO_MATCH;
  }
  get isEmpty() {
    return this.hint !== '' && this.options.length === 0;
  }
  disconnectedCallback() {
    clearTimeout(this.timer);
  }
  handleFocus() {
    this.isOpen = true;
  }
  handleBlur() {
    this.close();
  }
  handleInput(event) {
    this.text = event.target.value;
    this.isOpen = true;
    this.active = -1;
    clearTimeout(this.timer);
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- one search per pause; cleared when disconnected
    this.timer = setTimeout(() => {
      this.term = this.text.trim();
    }, TYPING_PAUSE);
  }
  handleKeyDown(event) {
    const last = this.options.length - 1;
    if (event.key === 'ArrowDown') this.move(event, this.active >= last ? 0 : this.active + 1);
    else if (event.key === 'ArrowUp') this.move(event, this.active <= 0 ? last : this.active - 1);
    else if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter') this.choose(this.options[this.active]);
  }
  /** Keeps the focus in the field, so that pressing on an option does not close the list first. */
  handleMouseDown(event) {
    event.preventDefault();
  }
  handleOption(event) {
    const { position } = event.currentTarget.dataset;
    this.choose(this.options[Number(position)]);
  }
  handleRetry() {
    this.rerun?.().catch(() => undefined);
  }
  move(event, position) {
    event.preventDefault();
    this.isOpen = true;
    this.active = position;
  }
  choose(option) {
    if (!option || !this.isOpen) return;
    this.text = '';
    this.term = '';
    this.close();
    this.dispatchEvent(new CustomEvent('select', { detail: { id: option.id, name: option.name } }));
  }
  close() {
    this.isOpen = false;
    this.active = -1;
  }
}
