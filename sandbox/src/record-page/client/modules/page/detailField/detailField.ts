import { LightningElement, api } from 'lwc';
import { inputs } from '../../../data/detail-fields.js';
import type { DetailField } from '../../../data/detail-fields.js';

interface Control extends HTMLElement {
  setCustomValidity(message: string): void;
  reportValidity(): boolean;
}

/** One field of the layout: its value with a pencil, or its control while the panel is being edited. */
export default class DetailFieldView extends LightningElement {
  static override renderMode = 'light' as const;

  declare refs: Record<string, Control>;
  @api field!: DetailField;
  /** Name of the field whose pencil was pressed, while the panel is being edited. */
  @api editing: string | undefined;
  private wasEditing = false;
  private shownProblem = '';

  get isEditing(): boolean {
    return this.editing !== undefined && this.field.updateable;
  }

  get isInput(): boolean {
    return this.isEditing && this.field.dataType in inputs;
  }

  get isPicklist(): boolean {
    return this.isEditing && this.field.dataType === 'Picklist';
  }

  get isTextArea(): boolean {
    return this.isEditing && this.field.dataType === 'TextArea';
  }

  get inputType(): string | undefined {
    return inputs[this.field.dataType]?.type;
  }

  get formatter(): string | undefined {
    return inputs[this.field.dataType]?.formatter;
  }

  get step(): string | undefined {
    return inputs[this.field.dataType]?.step;
  }

  get maxLength(): number | undefined {
    return this.inputType === 'text' ? this.field.length : undefined;
  }

  get canEdit(): boolean {
    return this.editing === undefined && this.field.updateable;
  }

  get editText(): string {
    return `Edit ${this.field.label}`;
  }

  get readClass(): string {
    return `slds-form-element slds-form-element_readonly${this.canEdit ? ' slds-form-element_edit slds-hint-parent' : ''}`;
  }

  override renderedCallback(): void {
    const control = this.refs['control'];
    if (control && !this.wasEditing && this.editing === this.field.name) control.focus();
    this.wasEditing = control !== undefined;
    if (!control || this.field.problem === this.shownProblem) return;
    this.shownProblem = this.field.problem;
    control.setCustomValidity(this.field.problem);
    control.reportValidity();
  }

  handleEdit(): void {
    this.dispatchEvent(new CustomEvent('edit', { detail: { name: this.field.name } }));
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    const number = this.inputType === 'number';
    const sent = value === '' ? null : number ? Number(value) : value;
    this.dispatchEvent(new CustomEvent('inputvalue', { detail: { name: this.field.name, value: sent } }));
  }
}
