import { LightningElement, api, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getObjectInfo, getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { getRecord, updateRecord } from 'lightning/uiRecordApi';
import { pending } from '../../../data/adapter.js';
import type { WireResult } from '../../../data/adapter.js';
import { detailSections } from '../../../data/detail-fields.js';
import type { DetailSection } from '../../../data/detail-fields.js';
import { pageLayout } from '../../../data/layouts.js';
import type { LayoutSection } from '../../../data/layouts.js';
import { fieldText } from '../../../data/field-text.js';
import { fieldErrorsOf, summaryOf } from '../../../data/messages.js';
import type { ObjectInfo, PicklistValues, RecordRepresentation } from '../../../data/representations.js';

/** The record's layout; a pencil opens all its editable fields, as inline editing in Lightning Experience does. */
export default class DetailPanel extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  @api objectApiName = '';
  editing: string | undefined;
  problem: string | undefined;
  saving = false;
  drafts: Record<string, unknown> = {};
  fieldProblems: Record<string, string> = {};

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  info: WireResult<ObjectInfo> = pending;

  @wire(getPicklistValuesByRecordType, {
    objectApiName: '$objectApiName',
    recordTypeId: '$info.data.defaultRecordTypeId'
  })
  picklists: WireResult<{ picklistFieldValues: Record<string, PicklistValues> }> = pending;

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  record: WireResult<RecordRepresentation> = pending;

  get fields(): string[] | undefined {
    return this.layout?.flatMap((section) => section.fields.map((name) => `${this.objectApiName}.${name}`));
  }

  private get layout(): readonly LayoutSection[] | undefined {
    return pageLayout(this.objectApiName, this.info.data);
  }

  get sections(): DetailSection[] {
    if (!this.info.data || !this.record.data) return [];
    return detailSections(this.layout ?? [], {
      info: this.info.data,
      record: this.record.data,
      picklists: this.picklists.data?.picklistFieldValues ?? {},
      drafts: this.drafts,
      problems: this.fieldProblems
    });
  }

  get isLoading(): boolean {
    return this.saving || (!this.record.data && !this.record.error);
  }

  /** The event carries the field whose pencil was pressed; it gets the focus. */
  handleEdit(event: CustomEvent<{ name: string }>): void {
    this.editing = event.detail.name;
  }

  handleInput(event: CustomEvent<{ name: string; value: unknown }>): void {
    const { name, value } = event.detail;
    this.drafts = { ...this.drafts, [name]: value };
    this.fieldProblems = { ...this.fieldProblems, [name]: '' };
  }

  handleCancel(): void {
    this.editing = undefined;
    this.drafts = {};
    this.fieldProblems = {};
    this.problem = undefined;
  }

  async handleSave(): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    this.problem = undefined;
    try {
      if (Object.keys(this.drafts).length > 0) await updateRecord({ fields: { Id: this.recordId, ...this.drafts } });
      this.handleCancel();
      const title = `${this.info.data?.label ?? 'Record'} "${fieldText(this.record.data?.fields['Name'])}" was saved.`;
      this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
    } catch (error) {
      this.problem = summaryOf(error);
      const entries = Object.entries(fieldErrorsOf(error)).map(([name, list]) => [
        name,
        list.map((item) => item.message).join(' ')
      ]);
      this.fieldProblems = Object.fromEntries(entries) as Record<string, string>;
    } finally {
      this.saving = false;
    }
  }
}
