import type { FieldRule } from './types.js';

/** What a system says about a value that it keeps. `any`: it says nothing. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'list' | 'any';

/** A value that the right-hand system keeps, as its contract describes it. */
export interface ContractField {
  kind: ValueKind;
  /** All values that it takes; absent: any. */
  values?: readonly string[];
  /** It can be changed once the record exists. */
  updatable: boolean;
  /** It can be sent when the record is created. */
  creatable: boolean;
}

/** What a mapping may say about a right-hand system. Handed over by whoever knows the system. */
export interface MappingContract {
  /** Name for people. */
  system: string;
  /** By dotted path; members of a list's items stand behind `path[].`. */
  fields: Readonly<Record<string, ContractField>>;
}

/** A field of the org as describe shows it to the user who asks. */
export interface OrgField {
  name: string;
  /** Describe's type, for example `currency`. */
  type: string;
  updateable: boolean;
  /** Active values of a picklist. */
  values?: readonly string[];
}

/** Fields by object and name, both by API name. */
export type OrgFields = ReadonlyMap<string, ReadonlyMap<string, OrgField>>;

/** Something about a mapping that does not work, or may not do what was meant. */
export interface Finding {
  code: string;
  severity: 'error' | 'warning';
  side: 'salesforce' | 'right';
  /** Name of the field in the mapping; null where it concerns the mapping as a whole. */
  field: string | null;
  path: string;
  message: string;
  nextStep: string;
}

/** Which kinds of system values a canonical type can be made of. */
export const kindsOf: Readonly<Record<FieldRule['type'], readonly ValueKind[]>> = {
  text: ['text', 'any'],
  number: ['number', 'any'],
  currencyCode: ['text', 'any'],
  boolean: ['boolean', 'any'],
  date: ['text', 'any'],
  dateTime: ['text', 'any'],
  choice: ['text', 'any'],
  list: ['list', 'any']
};
