/** An element of a metadata file with its place, as Salesforce counts it: line and column right after the start tag, from 1. */
export interface XmlElement {
  name: string;
  namespace: string;
  /** Own text, trimmed. */
  text: string;
  /** Without namespace prefixes. */
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  line: number;
  column: number;
  /** Offsets of the first and one past the last character in the source. */
  start: number;
  end: number;
}

/** A fault with its place in the file. */
export class XmlProblem extends Error {
  public override readonly name = 'XmlProblem';

  public constructor(
    message: string,
    public readonly line: number,
    public readonly column: number
  ) {
    super(message);
  }
}

export function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

/** Text of the first child `name`; undefined when the element is absent. */
export function text(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text;
}

export function texts(element: XmlElement, name: string): string[] {
  return children(element, name).map((found) => found.text);
}

export function flag(element: XmlElement, name: string): boolean {
  const value = text(element, name);
  return value === 'true' || value === '1';
}

/** The number in child `name`; undefined when absent or empty. */
export function number(element: XmlElement, name: string): number | undefined {
  const value = text(element, name);
  return value === undefined || value === '' ? undefined : Number(value);
}

/** `element` and everything below it, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const one of element.children) yield* descendants(one);
}
