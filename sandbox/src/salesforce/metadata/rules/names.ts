import type { XmlElement } from '../xml/element.js';
import { text } from '../xml/element.js';

const shape =
  'can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, ' +
  'not end with an underscore, and not contain two consecutive underscores.';

/**
 * Checks an API name without its `__c`: the characters, and 40 of them at most.
 *
 * @param what as the message calls it, for example `Object Name`
 */
export function nameProblems(what: string, name: string, longest = 40): string[] {
  const problems: string[] = [];
  if (!/^[A-Za-z]\w*$/.test(name) || name.includes('__') || name.endsWith('_'))
    problems.push(`The ${what} field ${shape}`);
  if (name.length > longest) problems.push(tooLong('FullName', longest));
  return problems;
}

/** API name of something custom: name plus `__c`. */
export function customNameProblems(what: string, fullName: string): string[] {
  if (!fullName.endsWith('__c')) return ['Invalid fullName, must end in a custom suffix (e.g. __c)'];
  return nameProblems(what, fullName.slice(0, -'__c'.length));
}

export function tooLong(field: string, longest: number): string {
  return `Value too long for field: ${field} maximum length is:${longest}`;
}

/** Lengths of texts that describe a component, per element: the platform's columns are this wide. */
export function textLengthProblems(
  element: XmlElement,
  widths: Readonly<Record<string, readonly [string, number]>>
): string[] {
  return Object.entries(widths).flatMap(([name, [field, longest]]) =>
    (text(element, name)?.length ?? 0) > longest ? [tooLong(field, longest)] : []
  );
}
