import { valueFromASTUntyped } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';

export type OrderBy = Readonly<Record<string, unknown>>;

/** What the resolvers find as root value: the request's variables as they were sent. */
export interface GraphqlRoot {
  variables: Record<string, unknown>;
}

/** `{ Account: { Name: { order: DESC, nulls: LAST } } }` → ` ORDER BY Account.Name DESC NULLS LAST`. */
export function orderBy(order: OrderBy): string {
  const terms = orderTerms(order, '');
  return terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : '';
}

/**
 * The `orderBy` argument in the order it was written, which decides what sorts first; checked arguments come in the order of the schema.
 *
 * @param checked the argument as graphql gives it, for a variable with a default value
 */
export function writtenOrder(info: GraphQLResolveInfo, checked: OrderBy | null | undefined): OrderBy {
  const node = info.fieldNodes[0]?.arguments?.find((argument) => argument.name.value === 'orderBy')?.value;
  const written = node && valueFromASTUntyped(node, (info.rootValue as GraphqlRoot).variables);
  return ((written ?? checked) as OrderBy | null | undefined) ?? {};
}

function orderTerms(order: OrderBy, prefix: string): string[] {
  return Object.entries(order).flatMap(([name, value]) => {
    const clause = (value ?? {}) as OrderBy;
    const isTerm = Object.keys(clause).every((key) => key === 'order' || key === 'nulls');
    if (!isTerm) return orderTerms(clause, `${prefix}${name}.`);
    const nulls = clause['nulls'] ? ` NULLS ${String(clause['nulls'])}` : '';
    return [`${prefix}${name} ${String(clause['order'] ?? 'ASC')}${nulls}`];
  });
}
