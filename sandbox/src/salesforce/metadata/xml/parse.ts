import { SaxesParser } from 'saxes';
import { XmlProblem, type XmlElement } from './element.js';

/**
 * Reads a metadata file. Faults are worded as the platform's parser words them, since tools show the text as it comes.
 *
 * @throws XmlProblem with the place of the first fault
 */
export function parseXml(source: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let lastTagStart = 0;
  let lastClosed = '';
  parser.on('error', (error) => {
    // saxes closes the innermost element before it complains that another one was meant.
    const innermost = /unexpected close tag/.test(error.message) ? lastClosed : (open.at(-1)?.name ?? '');
    throw new XmlProblem(wording(error.message, innermost), parser.line, parser.column + 1);
  });
  parser.on('opentagstart', () => {
    lastTagStart = source.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', (tag) => {
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      text: '',
      attributes: Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value])),
      children: [],
      line: parser.line,
      column: parser.column + 1,
      start: lastTagStart,
      end: parser.position
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  const append = (content: string): void => {
    const current = open.at(-1);
    if (current) current.text += content;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    lastClosed = element.name;
    element.end = parser.position;
    element.text = element.text.trim();
  });
  parser.write(withoutByteOrderMark(source)).close();
  if (!root) throw new XmlProblem('Premature end of file.', 1, 1);
  return root;
}

function withoutByteOrderMark(source: string): string {
  return source.startsWith('\uFEFF') ? ` ${source.slice(1)}` : source;
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
