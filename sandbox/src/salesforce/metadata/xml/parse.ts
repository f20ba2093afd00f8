import { SaxesParser, type SaxesTagNS } from 'saxes';
import { XmlProblem, type XmlElement } from './element.js';

/**
 * Reads a metadata file. Faults are worded as the platform's parser words them, since tools show the text as it comes.
 *
 * @throws XmlProblem with the place of the first fault
 */
export function parseXml(source: string): XmlElement {
  const root = new TreeBuilder(source).build();
  if (!root) throw new XmlProblem('Premature end of file.', 1, 1);
  return root;
}

/** Builds elements with their places from the parser's events. */
class TreeBuilder {
  private readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly open: XmlElement[] = [];
  private root: XmlElement | undefined;
  private lastTagStart = 0;
  private lastClosed = '';

  public constructor(private readonly source: string) {}

  public build(): XmlElement | undefined {
    const { parser } = this;
    parser.on('error', (error) => {
      throw this.problem(error);
    });
    parser.on('opentagstart', () => {
      this.lastTagStart = this.source.lastIndexOf('<', parser.position - 1);
    });
    parser.on('opentag', (tag) => {
      this.begin(tag);
    });
    parser.on('text', (content) => {
      this.append(content);
    });
    parser.on('cdata', (content) => {
      this.append(content);
    });
    parser.on('closetag', () => {
      this.finish();
    });
    parser.write(this.source).close();
    return this.root;
  }

  private begin(tag: SaxesTagNS): void {
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      text: '',
      attributes: Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value])),
      children: [],
      line: this.parser.line,
      column: this.parser.column + 1,
      start: this.lastTagStart,
      end: this.parser.position
    };
    const parent = this.open.at(-1);
    if (parent) parent.children.push(element);
    else this.root = element;
    this.open.push(element);
  }

  private append(content: string): void {
    const current = this.open.at(-1);
    if (current) current.text += content;
  }

  private finish(): void {
    const element = this.open.pop();
    if (!element) return;
    this.lastClosed = element.name;
    element.end = this.parser.position;
    element.text = element.text.trim();
  }

  private problem(error: Error): XmlProblem {
    // saxes closes the innermost element before it complains that another one was meant.
    const isMismatch = error.message.includes('unexpected close tag');
    const innermost = isMismatch ? this.lastClosed : (this.open.at(-1)?.name ?? '');
    return new XmlProblem(wording(error.message, innermost), this.parser.line, this.parser.column + 1);
  }
}

/** saxes speaks its own language; the platform speaks Xerces. */
const xercesWording: readonly (readonly [RegExp, string])[] = [
  [/^unclosed tag|^unexpected end/, 'XML document structures must start and end within the same entity.'],
  [/^unexpected close tag/, 'The element type "{open}" must be terminated by the matching end-tag "</{open}>".'],
  [/must contain a root element/, 'Premature end of file.'],
  [
    /outside of root|only one root/,
    'The markup in the document preceding or following the root element must be well-formed.'
  ],
  [/XML declaration must be at the start/, 'The processing instruction target matching "[xX][mM][lL]" is not allowed.'],
  [/malformed comment/, 'The string "--" is not permitted within comments.'],
  [/undefined entity/, 'The entity was referenced, but not declared.'],
  [/unquoted attribute/, 'Open quote is expected for an attribute of element type "{open}".'],
  [/unbound namespace prefix/, 'The prefix for an element or attribute is not bound.']
];

function wording(message: string, innermost: string): string {
  const plain = message.replace(/^\d+:\d+: /, '');
  const known = xercesWording.find(([pattern]) => pattern.test(plain));
  return known ? known[1].replaceAll('{open}', innermost) : plain;
}
