import { visit } from 'graphql';
import type { DocumentNode } from 'graphql';

/**
 * Every name a request mentions, in the query and in its variables; undefined when it asks for the schema itself. The schema is built from these
 * names alone: an org has thousands of fields, a query a dozen.
 */
export function namesIn(document: DocumentNode, variables: unknown): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  visit(document, { Name: (node) => void names.add(node.value) });
  if (names.has('__schema') || names.has('__type')) return undefined;
  addKeys(variables, names);
  return names;
}

function addKeys(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    names.add(key);
    addKeys(member, names);
  }
}
