import type { Finding, OrgField, OrgFields } from './contract.js';
import { transformedSide } from './transform.js';
import type { FieldRule, Mapping } from './types.js';
import { pathsRead } from './used-paths.js';

/** What checks about the left side need to know about the org. */
export interface LeftFacts {
  org: OrgFields;
  /** Object of the mapping's left entity. */
  entity: string;
  /** Members of a left document that are no fields of the org: child lists and what is made from them. */
  made: ReadonlySet<string>;
  /** Fields that exist in some orgs only, and are passed over where they do not. */
  optional: ReadonlySet<string>;
}

/** Describe's types that a canonical type can be read from and written to. */
const TYPES: Readonly<Record<FieldRule['type'], readonly string[]>> = {
  text: [
    'string',
    'textarea',
    'picklist',
    'combobox',
    'url',
    'email',
    'phone',
    'reference',
    'id',
    'encryptedstring',
    'address'
  ],
  number: ['currency', 'double', 'int', 'percent', 'long'],
  currencyCode: ['picklist', 'string'],
  boolean: ['boolean'],
  date: ['date', 'datetime'],
  dateTime: ['datetime'],
  choice: ['picklist', 'string', 'combobox', 'multipicklist', 'boolean', 'textarea'],
  list: []
};

type Found = Pick<Finding, 'code' | 'severity' | 'path' | 'message' | 'nextStep'>;

const writes = ({ direction, rule, onCreateOnly }: FieldRule): boolean =>
  direction !== 'toRight' && rule !== 'never' && !onCreateOnly;

/** The field behind a path; undefined for members that are made, null where the org shows none. */
function fieldAt(path: string, { org, entity, made }: LeftFacts): OrgField | null | undefined {
  const [first = '', name] = path.split('.');
  if (made.has(first)) return undefined;
  return (name === undefined ? org.get(entity)?.get(first) : org.get(first)?.get(name)) ?? null;
}

function missing(path: string, facts: LeftFacts): Found[] {
  if (facts.optional.has(path) || fieldAt(path, facts) !== null) return [];
  const [first = '', name] = path.split('.');
  if (name !== undefined && !facts.org.has(first)) {
    return [
      {
        code: 'RELATION_UNKNOWN',
        severity: 'error',
        path,
        message: `${path} is not read: only fields of ${facts.entity} and of its account are.`,
        nextStep: `Copy the value into a field of ${facts.entity}, for example with a formula, and name that one.`
      }
    ];
  }
  return [
    {
      code: 'FIELD_MISSING',
      severity: 'error',
      path,
      message: `The org has no field ${path}, or hides it from this user.`,
      nextStep: 'Correct the API name, or give the integration user access to the field.'
    }
  ];
}

function typeFits(field: FieldRule, found: OrgField): Found[] {
  const expected = TYPES[field.type];
  if (expected.includes(found.type) || transformedSide(field) === 'left') return [];
  return [
    {
      code: 'TYPE_MISMATCH',
      severity: 'error',
      path: field.left.path,
      message: `${field.left.path} is of type ${found.type} in the org, and the field is of type ${field.type}.`,
      nextStep: 'Change the type of the field in the mapping, or add a transform.'
    }
  ];
}

function writable(field: FieldRule, found: OrgField): Found[] {
  const { path } = field.left;
  if (!writes(field) || (found.updateable && !path.includes('.'))) return [];
  return [
    {
      code: 'FIELD_NOT_UPDATEABLE',
      severity: 'error',
      path,
      message: path.includes('.')
        ? `${path} belongs to another record, which the synchronization does not change.`
        : `This user may not edit ${path}.`,
      nextStep: 'Give the integration user edit access to the field, or set its direction to toRight.'
    }
  ];
}

function picklist(field: FieldRule, { values }: OrgField): Found[] {
  const { path, values: mapped } = field.left;
  if (values === undefined || mapped === undefined || field.type !== 'choice') return [];
  const unknown = Object.keys(mapped).filter((value) => value !== '*' && !values.includes(value));
  const unmapped = '*' in mapped ? [] : values.filter((value) => !(value in mapped));
  return [
    ...unknown.map((value): Found => ({
      code: 'VALUE_NOT_IN_PICKLIST',
      severity: writes(field) ? 'error' : 'warning',
      path,
      message: `"${value}" is no active value of ${path}.`,
      nextStep: 'Correct the value in the mapping, or add it to the picklist.'
    })),
    ...unmapped.map((value): Found => ({
      code: 'VALUE_UNMAPPED',
      severity: 'warning',
      path,
      message: `"${value}" of ${path} is not in the mapping, so it does not travel.`,
      nextStep: 'Add the value to the mapping, or * for all others.'
    }))
  ];
}

function ofField(field: FieldRule, facts: LeftFacts): Found[] {
  const { path, alternatives = [] } = field.left;
  const found = fieldAt(path, facts);
  const paths = [path, ...alternatives].flatMap((one) => missing(one, facts));
  if (found === null || found === undefined) return paths;
  return [...paths, ...typeFits(field, found), ...writable(field, found), ...picklist(field, found)];
}

/** What the org does not have, does not allow or does not list, of what a mapping says about it. Pure. */
export function checkLeft(mapping: Mapping, facts: LeftFacts): Finding[] {
  const own = mapping.fields.flatMap((field) =>
    ofField(field, facts).map((found): Finding => ({ ...found, side: 'salesforce', field: field.name }))
  );
  const named = new Set(mapping.fields.flatMap(({ left }) => [left.path, ...(left.alternatives ?? [])]));
  const inExpressions = pathsRead(mapping, 'left').filter((path) => !named.has(path));
  const others = inExpressions.flatMap((path) => missing(path, facts));
  return [...own, ...others.map((found): Finding => ({ ...found, side: 'salesforce', field: null }))];
}
