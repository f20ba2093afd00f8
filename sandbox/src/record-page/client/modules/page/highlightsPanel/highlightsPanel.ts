import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { pending } from '../../../data/adapter.js';
import type { WireResult } from '../../../data/adapter.js';
import { compactLayouts } from '../../../data/layouts.js';
import { fieldText } from '../../../data/field-text.js';
import { recordUrl } from '../../../data/router.js';
import type { FieldValue, ObjectInfo, RecordRepresentation } from '../../../data/representations.js';

interface Highlight {
  name: string;
  label: string;
  text: string;
  url: string | undefined;
}

/** Entity icon, name and the compact layout's fields. */
export default class HighlightsPanel extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  @api objectApiName = '';

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  info: WireResult<ObjectInfo> = pending;

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  record: WireResult<RecordRepresentation> = pending;

  get fields(): string[] {
    const layout = compactLayouts[this.objectApiName];
    return ['Name', ...(layout?.fields ?? [])].map((field) => `${this.objectApiName}.${field}`);
  }

  get iconName(): string {
    return compactLayouts[this.objectApiName]?.icon ?? 'standard:record';
  }

  get objectLabel(): string {
    return this.info.data?.label ?? this.objectApiName;
  }

  get name(): string {
    return fieldText(this.record.data?.fields['Name']);
  }

  get highlights(): Highlight[] {
    const names = compactLayouts[this.objectApiName]?.fields ?? [];
    return names
      .filter((name) => this.valueAt(name) !== undefined || this.info.data)
      .map((name) => this.highlight(name));
  }

  private highlight(name: string): Highlight {
    const [parent = '', child] = name.split('.');
    const related =
      child === undefined ? undefined : (this.record.data?.fields[parent]?.value as RecordRepresentation | null);
    const field = this.info.data?.fields[child === undefined ? name : `${parent}Id`];
    return {
      name,
      label: field?.label.replace(/ ID$/, '') ?? parent,
      text: fieldText(this.valueAt(name), field?.dataType),
      url: related?.apiName === 'Account' ? recordUrl('Account', related.id) : undefined
    };
  }

  private valueAt(name: string): FieldValue | undefined {
    const [parent = '', child] = name.split('.');
    const value = this.record.data?.fields[parent];
    return child === undefined ? value : (value?.value as RecordRepresentation | null | undefined)?.fields[child];
  }
}
