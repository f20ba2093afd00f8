import { fieldText } from './field-text.js';
import { wideFields } from './layouts.js';
import type { LayoutSection } from './layouts.js';
import { recordUrl } from './router.js';
import type { FieldInfo, ObjectInfo, PicklistValues, RecordRepresentation } from './representations.js';

export interface DetailField {
  name: string;
  label: string;
  /** Data type of the UI API, for example `Currency`. */
  dataType: string;
  text: string;
  url: string | undefined;
  /** Edited value while there is one, stored value otherwise. */
  value: unknown;
  required: boolean;
  updateable: boolean;
  length: number;
  options: { value: string; label: string }[];
  problem: string;
  itemClass: string;
}

/** Data types with a one-line control: its type, and how it shows and steps numbers. */
export const inputs: Readonly<Record<string, { type: string; formatter?: string; step?: string }>> = {
  String: { type: 'text' },
  // The record's currency may differ from the user's, so the amount is edited without a symbol.
  Currency: { type: 'number', formatter: 'decimal', step: '0.01' },
  Double: { type: 'number', step: 'any' },
  Int: { type: 'number', step: '1' },
  Percent: { type: 'number', step: '0.01' },
  Date: { type: 'date' },
  Phone: { type: 'tel' },
  Url: { type: 'url' },
  Email: { type: 'email' }
};

/** Data types with a control of their own. */
const controls = new Set(['Picklist', 'TextArea']);

export interface DetailSection {
  heading: string;
  fields: DetailField[];
}

export interface DetailSource {
  info: ObjectInfo;
  record: RecordRepresentation;
  picklists: Readonly<Record<string, PicklistValues>>;
  drafts: Readonly<Record<string, unknown>>;
  problems: Readonly<Record<string, string>>;
}

/** Lays the record out; fields the user may not read are not in the answer and stay out. */
export function detailSections(layout: readonly LayoutSection[], source: DetailSource): DetailSection[] {
  return layout
    .map(({ heading, fields }) => ({
      heading,
      fields: fields.map((path) => detailField(path, source)).filter((field) => field !== undefined)
    }))
    .filter((section) => section.fields.length > 0);
}

function detailField(path: string, source: DetailSource): DetailField | undefined {
  const [name = '', child] = path.split('.');
  const field = source.record.fields[name];
  const info = source.info.fields[child === undefined ? name : `${name}Id`];
  if (!field || !info) return undefined;
  const parent = child === undefined ? undefined : (field.value as RecordRepresentation | null);
  const shown = child === undefined ? field : parent?.fields[child];
  return {
    ...editing(name, child === undefined, info, source),
    text: fieldText(shown, child === undefined ? info.dataType : 'String'),
    url: parent?.apiName === 'Account' ? recordUrl('Account', parent.id) : undefined,
    value: name in source.drafts ? source.drafts[name] : field.value,
    itemClass: wideFields.has(name) ? 'page-field page-field_wide' : 'page-field'
  };
}

/** Lookups are read-only: the page has no record picker. */
function editing(
  name: string,
  own: boolean,
  info: FieldInfo,
  source: DetailSource
): Omit<DetailField, 'text' | 'url' | 'value' | 'itemClass'> {
  return {
    name,
    label: own ? info.label : info.label.replace(/ ID$/, ''),
    dataType: info.dataType,
    required: info.required,
    updateable: own && info.updateable && (info.dataType in inputs || controls.has(info.dataType)),
    length: info.length,
    options: source.picklists[name]?.values.map(({ value, label }) => ({ value, label })) ?? [],
    problem: source.problems[name] ?? ''
  };
}
