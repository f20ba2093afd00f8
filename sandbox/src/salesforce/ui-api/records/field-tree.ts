import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import { ApiError } from '../../core/transport.js';
import type { Viewer } from '../common.js';

/** What to read of one record: its fields, and the same again for each parent. */
export interface FieldTree {
  object: SObjectSchema;
  fields: Map<string, FieldSchema>;
  parents: Map<string, FieldTree>;
}

/** A field spans at most five parents (UI API guide, "fields" parameter). */
const maximumParents = 5;

export function emptyTree(object: SObjectSchema): FieldTree {
  return { object, fields: new Map(), parents: new Map() };
}

/**
 * Adds qualified names (`Opportunity.Account.Name`) to the tree. With `required`, a name the user cannot read is an error;
 * otherwise it stays out (`optionalFields`).
 */
export function addFields(viewer: Viewer, tree: FieldTree, names: readonly string[], required: boolean): void {
  for (const name of names) {
    const [object = '', ...path] = name.split('.');
    const ofObject = object.toLowerCase() === tree.object.name.toLowerCase();
    const added = ofObject && path.length > 0 && path.length <= maximumParents + 1 && addPath(viewer, tree, path);
    if (!added && required) throw unknownField(tree.object.name, ofObject ? path.join('.') : name);
  }
}

/** False when the user cannot read the whole way; nothing is added then. */
function addPath(viewer: Viewer, tree: FieldTree, path: readonly string[]): boolean {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    const field = viewer.field(tree.object.name, head);
    if (field) tree.fields.set(field.name, field);
    return field !== undefined;
  }
  const parent = viewer.parent(tree.object, head);
  if (!parent) return false;
  const name = parent.field.reference?.relationshipName ?? head;
  const subtree = tree.parents.get(name) ?? parentTree(viewer, parent.target);
  const added = addPath(viewer, subtree, rest);
  if (added) tree.parents.set(name, subtree);
  return added;
}

/** Parents always carry their id and name. */
function parentTree(viewer: Viewer, object: SObjectSchema): FieldTree {
  const tree = emptyTree(object);
  for (const name of ['Id', object.nameField]) {
    const field = viewer.field(object.name, name);
    if (field) tree.fields.set(field.name, field);
  }
  return tree;
}

/** What a record representation says about the record itself, where its object has it. */
const ofEveryRecord = ['Id', 'LastModifiedById', 'LastModifiedDate', 'RecordTypeId', 'SystemModstamp'] as const;

/** Columns of the SOQL query that reads the tree, with what a record representation says about the record itself. */
export function columns(viewer: Viewer, tree: FieldTree): string[] {
  const money = [...tree.fields.values()].some((field) => field.type === 'currency') ? ['CurrencyIsoCode'] : [];
  const system = [...ofEveryRecord, ...money].filter((name) => viewer.field(tree.object.name, name));
  const nested = [...tree.parents].flatMap(([name, parent]) =>
    columns(viewer, parent).map((column) => `${name}.${column}`)
  );
  return [...new Set([...system, ...tree.fields.keys(), ...nested])];
}

function unknownField(object: string, field: string): ApiError {
  const message =
    `No such column '${field}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the ` +
    'custom field name. Please reference your WSDL or the describe call for the appropriate names.';
  return new ApiError(400, 'INVALID_FIELD', message);
}
