import type { FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import type { Viewer } from '../common.js';

interface Fragments {
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** Selection sets below `path` of the given fields, through fragments. */
export function selectionsBelow(
  nodes: readonly FieldNode[],
  path: readonly string[],
  info: Fragments
): SelectionSetNode[] {
  const sets = nodes.flatMap((node) => node.selectionSet ?? []);
  const [head, ...rest] = path;
  if (head === undefined) return sets;
  const matching = fieldsIn(sets, info).filter((field) => field.name.value === head);
  return selectionsBelow(matching, rest, info);
}

/** SOQL columns for the selected fields; the id is always there, because child relationships need it. */
export function selectedColumns(
  viewer: Viewer,
  object: SObjectSchema,
  selections: readonly SelectionSetNode[],
  info: Fragments,
  prefix = ''
): string[] {
  const nested = fieldsIn(selections, info).flatMap((node) => {
    const name = node.name.value;
    const field = viewer.field(object.name, name);
    if (field) return withCurrency(viewer, object, field).map((column) => `${prefix}${column}`);
    const parent = viewer.parent(object, name);
    const inner = node.selectionSet ? [node.selectionSet] : [];
    return parent ? selectedColumns(viewer, parent.target, inner, info, `${prefix}${name}.`) : [];
  });
  return [...new Set([`${prefix}Id`, ...nested])];
}

/** An amount reads with its record's currency, where the org has several. */
function withCurrency(viewer: Viewer, object: SObjectSchema, field: FieldSchema): string[] {
  const code = field.type === 'currency' ? viewer.field(object.name, 'CurrencyIsoCode') : undefined;
  return code ? [field.name, code.name] : [field.name];
}

function fieldsIn(sets: readonly SelectionSetNode[], info: Fragments): FieldNode[] {
  return sets.flatMap((set) =>
    set.selections.flatMap((selection): FieldNode[] => {
      if (selection.kind === 'Field') return [selection];
      const inner = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
      return inner ? fieldsIn([inner.selectionSet], info) : [];
    })
  );
}
