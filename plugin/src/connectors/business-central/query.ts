/** OData literals and query strings as schema version 2.0 takes them (Business Central: filter expressions). */

/** A text literal. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A date and time literal from milliseconds since the epoch. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Conditions on one field; `or` between different fields is an error there, so nothing here offers it. */
export const anyOf = (field: string, literals: readonly string[]): string =>
  literals.map((literal) => `${field} eq ${literal}`).join(' or ');

export const allOf = (conditions: readonly (string | undefined)[]): string | undefined => {
  const given = conditions.filter((condition) => condition !== undefined && condition !== '');
  return given.length === 0
    ? undefined
    : given.map((condition) => (given.length > 1 ? `(${condition})` : condition)).join(' and ');
};

export interface Query {
  select?: readonly string[];
  filter?: string | undefined;
  orderby?: string;
  expand?: string | undefined;
  top?: number;
}

/** With its question mark; empty without any option. */
export function queryString({ select, filter, orderby, expand, top }: Query): string {
  const options = Object.entries({
    $select: select?.join(','),
    $filter: filter,
    $orderby: orderby,
    $expand: expand,
    $top: top
  }).filter((entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== '');
  if (options.length === 0) return '';
  return `?${options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
