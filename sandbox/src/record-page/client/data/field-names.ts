/** `Opportunity.Name`, or what an import from `@salesforce/schema` gives. */
export type FieldReference = string | { objectApiName: string; fieldApiName: string };

/** Qualified names, sorted so that equal reads are one request. */
export function fieldNames(fields: FieldReference | readonly FieldReference[] | undefined): string[] {
  const list = fields === undefined ? [] : ([fields].flat() as FieldReference[]);
  return list
    .map((field) => (typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`))
    .sort();
}
