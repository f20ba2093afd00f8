/** A field of a mapping by which records are recognised as the same thing. */
export interface Criterion {
  /** Canonical name of the field. */
  field: string;
  /** @default false */
  caseSensitive?: boolean;
  /** Criteria of one priority hold together; 0 is tried first. @default 0 */
  priority?: number;
}

/**
 * What is tried unless somebody says otherwise, by mapping: numbers and codes before names, and a name only together with its
 * place. People and currencies have one mark each, as in Business Central's own presets.
 */
export const STANDARD_CRITERIA: Readonly<Record<string, readonly Criterion[]>> = {
  'account-customer': [
    { field: 'number' },
    { field: 'name', priority: 1 },
    { field: 'postalCode', priority: 1 },
    { field: 'name', priority: 2 },
    { field: 'city', priority: 2 }
  ],
  'contact-contact': [{ field: 'email' }],
  'product-item': [{ field: 'number' }, { field: 'name', priority: 1 }],
  'user-salesperson': [{ field: 'email' }],
  currency: [{ field: 'code', caseSensitive: true }]
};

/** Criteria in the order in which they are tried. */
export function rounds(criteria: readonly Criterion[]): { priority: number; criteria: Criterion[] }[] {
  const priorities = [...new Set(criteria.map(({ priority = 0 }) => priority))].sort((first, second) => first - second);
  return priorities.map((priority) => ({
    priority,
    criteria: criteria.filter((criterion) => (criterion.priority ?? 0) === priority)
  }));
}
