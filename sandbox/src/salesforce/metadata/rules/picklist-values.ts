import { child, children, flag, text, type XmlElement } from '../xml/element.js';

/** Up to 1,000 values in a value set of a field, 255 characters each (Salesforce Help, custom field limits). */
const limits = { values: 1000, characters: 255 } as const;

/** Checks the value set of a picklist: where the values come from, that they are unique, and that one is the default at most. */
export function picklistProblems(element: XmlElement): string[] {
  const valueSet = child(element, 'valueSet');
  if (!valueSet) return [];
  const definition = child(valueSet, 'valueSetDefinition');
  const global = text(valueSet, 'valueSetName');
  if (global !== undefined) return [`In field: valueSet - no GlobalValueSet named ${global} found`];
  if (!definition) return ["Must specify either 'valueSetDefinition' or 'valueSetName' for a valueSet"];
  const values = children(definition, 'value');
  const names = values.map((value) => text(value, 'fullName') ?? '');
  const labels = values.map((value, index) => text(value, 'label') ?? names[index] ?? '');
  const problems = [...duplicates(names, 'value'), ...duplicates(labels, 'label')];
  if (names.some((name) => name === '')) problems.push('Picklist value fullName is required');
  if (values.length > limits.values) problems.push(`Picklist exceeds the maximum of ${limits.values} values`);
  for (const name of [...names, ...labels]) {
    if (name.length > limits.characters)
      problems.push(`Picklist value too long: ${name.slice(0, 40)}… (maximum is ${limits.characters})`);
  }
  if (values.filter((value) => flag(value, 'default')).length > 1)
    problems.push('Only one picklist value can be the default');
  return [...new Set(problems)];
}

function duplicates(names: readonly string[], what: string): string[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const key = name.toLowerCase();
    if (seen.has(key) && name !== '') return [`Duplicate ${what} in picklist: ${name}`];
    seen.add(key);
    return [];
  });
}
