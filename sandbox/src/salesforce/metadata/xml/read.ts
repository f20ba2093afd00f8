import { conform } from './conform.js';
import { XmlProblem, type XmlElement } from './element.js';
import { parseXml } from './parse.js';

/**
 * Parses a file and checks it against the WSDL type that its root element must have.
 *
 * @param mayLack elements that this file may leave out although the WSDL requires them
 * @throws XmlProblem with the text a deploy reports
 */
export function readMetadataFile(content: Buffer, typeName: string, mayLack: readonly string[] = []): XmlElement {
  const root = parsed(content);
  if (root.name !== typeName) {
    throw new XmlProblem(
      `Error parsing file: Element ${root.name} is not a valid root for ${typeName}`,
      root.line,
      root.column
    );
  }
  conform(root, typeName, mayLack);
  return root;
}

function parsed(content: Buffer): XmlElement {
  try {
    return parseXml(content.toString('utf8'));
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    throw new XmlProblem(`Error parsing file: ${error.message}`, error.line, error.column);
  }
}
