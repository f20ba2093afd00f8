import type { JsonObject, JsonValue } from '../ports/json.js';

/** The two ends of a mapping. Left is always Salesforce, right the connected system. */
export type Side = 'left' | 'right';

export type FieldType = 'text' | 'number' | 'currencyCode' | 'boolean' | 'date' | 'dateTime' | 'choice' | 'list';

/** Which way a field may travel. */
export type Direction = 'both' | 'toRight' | 'toLeft';

/** Who wins when both sides changed since the last agreement. */
export type Rule = 'salesforceWins' | 'externalWins' | 'newest' | 'onlyIfEmpty' | 'manual' | 'never';

/** One side's end of a field rule. */
export interface FieldEnd {
  /** Dotted path into the side's document, for example `details.dealValue`. */
  path: string;
  /** Read in this order where `path` is missing or empty; never written. */
  alternatives?: readonly string[];
  /** System value that an empty end is read as; never written. */
  default?: JsonValue;
  /** System value → canonical value, for `choice`; `*` catches the rest. A canonical value that is absent here cannot be written. */
  values?: Readonly<Record<string, string | null>>;
  /** For `date`: the side keeps a UTC instant instead of a plain date. @default date */
  format?: 'date' | 'instant';
  /** For `list`: canonical member name → path inside each item. */
  item?: Readonly<Record<string, string>>;
  /** For `list`: members that every written item carries besides the mapped ones. */
  itemDefaults?: JsonObject;
  /** The side names another record by its own code or number; the kind of reference, as the connector calls it. */
  reference?: string;
}

export interface FieldRule {
  /** Canonical field name, unique in the mapping. */
  name: string;
  /** Name for people, in sentences. @default the name */
  label?: string;
  type: FieldType;
  left: FieldEnd;
  right: FieldEnd;
  /** @default both */
  direction: Direction;
  /** @default newest */
  rule: Rule;
  /**
   * JSONata expressions that turn the left side's value into the right side's and back (`$` is the value, `$record` the
   * document it comes from). Without an expression for the way back the field is one-way.
   */
  transform?: { toRight?: string; toLeft?: string };
  /** Written once, when the counterpart is created, and left alone afterwards. @default false */
  onCreateOnly: boolean;
  /** The receiving system ignores it on creation; it travels with the first update. @default false */
  omitOnCreate?: boolean;
  /** It travels only once the receiving record is closed, and then still does: what is settled after the deal. @default false */
  afterClose?: boolean;
  /** For `list`: canonical member that identifies an item; compared without case. */
  key?: string;
  /** For `list`: `key` means that items with the same key are equal, whatever else they carry. @default item */
  compare?: 'item' | 'key';
  /** Text that is not part of the value and never travels, for example the check mark in front of a name. */
  stripPrefixes?: readonly string[];
  /** Canonical value used where the source is empty, on create only. */
  fallback?: JsonValue;
  /** Sentence for the audit trail when the field fills an empty right side; `{value}` is the new value. */
  announce?: string;
  /**
   * The left value is the id of a record that is coupled in another mapping, and the canonical value the key of its counterpart. A
   * record that is not coupled reads as empty, and what has no counterpart here is not written.
   */
  lookup?: { mapping: string };
  /** The left value counts as `value` wherever the named field is not empty on the left. */
  impliedBy?: { field: string; value: JsonValue };
}

/** A condition on a document that must hold before anything is sent (handbook, the road, step 6: tell the rep the next step). */
export interface PreflightCheck {
  /** Stable code, for example `CONTACT_MISSING`. */
  code: string;
  /** JSON Schema that the left document has to satisfy. */
  schema: JsonObject;
  /** The check applies only where the left document satisfies this schema. */
  when?: JsonObject;
  /** Matters only before the counterpart exists, because what it checks never travels again. @default false */
  onCreateOnly?: boolean;
  /** Matters only once the receiving record is closed. @default false */
  afterClose?: boolean;
  /** One sentence: what is missing. */
  message: string;
  /** One sentence: what to do. */
  nextStep: string;
}

export interface Mapping {
  name: string;
  left: {
    entity: string;
    /** JSON Schema that a left document satisfies while its record is to be shared. Absent: always. */
    scope?: JsonObject;
    /** JSONata filter on the left document that narrows the scope further. Absent: none. */
    where?: string;
    /** Regular expression of a key; a marker that does not match it names no left record. Absent: any text. */
    keyPattern?: string;
    /** The scope as a condition of the system's query language, to count and to list; `scope` decides. Absent: all. */
    filter?: string;
    /** Values that every new record starts with, by left path. */
    onCreate?: PathValues;
  };
  right: {
    entity: string;
    /** Records that take part, as a condition of the system's query language. Absent: all. */
    filter?: string;
    /** Values that every new record starts with, by right path. */
    onCreate?: PathValues;
    /** Right paths that people on the left want to see; a change is told although no field travels. */
    watch?: readonly string[];
  };
  fields: readonly FieldRule[];
  preflight: readonly PreflightCheck[];
  /** What people may look for and the right-hand system cannot carry, with the reason. */
  notCarried?: readonly { name: string; reason: string }[];
  /** Names that `${name}` stands for in the file, with their values. */
  variables?: Readonly<Record<string, string>>;
}

/** Canonical field values by field name. `null` is a value; a field that could not be read is absent. */
export type CanonicalRecord = Readonly<Record<string, JsonValue>>;

/** Values to write, by the target side's path. */
export type PathValues = Readonly<Record<string, JsonValue>>;

/** Something that keeps a record from being in sync, and what to do about it. */
export interface RecordIssue {
  code: string;
  message: string;
  nextStep: string;
}
