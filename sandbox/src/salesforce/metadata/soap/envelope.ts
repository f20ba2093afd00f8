import { metadataNamespace } from '../xml/conform.js';
import { child, XmlProblem, type XmlElement } from '../xml/element.js';
import { escapeXml } from '../xml/escape.js';
import { parseXml } from '../xml/parse.js';

/** A SOAP call: the operation's element and the session in the header. */
export interface SoapCall {
  operation: XmlElement;
  sessionId: string;
}

/** An answer other than the asked-for one; becomes a SOAP fault with HTTP 500. */
export class SoapFault extends Error {
  public override readonly name = 'SoapFault';

  public constructor(
    public readonly code: string,
    message: string
  ) {
    super(message);
  }
}

/** @throws SoapFault when the body is not a SOAP envelope with one call */
export function readEnvelope(body: Buffer): SoapCall {
  let envelope: XmlElement;
  try {
    envelope = parseXml(body.toString('utf8'));
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    throw new SoapFault('soapenv:Client', error.message);
  }
  const operation = child(envelope, 'Body')?.children[0];
  if (envelope.name !== 'Envelope' || !operation) {
    throw new SoapFault('soapenv:Client', 'SOAP body element is missing or empty');
  }
  const header = child(envelope, 'Header');
  const session = header && child(header, 'SessionHeader');
  return { operation, sessionId: (session && child(session, 'sessionId')?.text) ?? '' };
}

/** An element with its children as a value: texts, objects, arrays where an element repeats. */
export function valueOf(element: XmlElement): unknown {
  if (element.children.length === 0) return element.text;
  const value: Record<string, unknown> = {};
  for (const part of element.children) {
    const known = value[part.name];
    const next = valueOf(part);
    value[part.name] = known === undefined ? next : [known, next].flat();
  }
  return value;
}

export function responseEnvelope(
  operation: string,
  results: readonly unknown[],
  namespace = metadataNamespace
): string {
  return envelopeOf(
    `<${operation}Response>${results.map((result) => xml('result', result)).join('')}</${operation}Response>`,
    namespace
  );
}

export function faultEnvelope(code: string, message: string, namespace = metadataNamespace): string {
  return envelopeOf(
    `<soapenv:Fault><faultcode>${escapeXml(code)}</faultcode><faultstring>${escapeXml(message)}</faultstring></soapenv:Fault>`,
    namespace
  );
}

function envelopeOf(body: string, namespace: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    `xmlns="${namespace}" xmlns:sf="${namespace}" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** Arrays repeat the element; undefined leaves it out. */
function xml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => xml(name, item)).join('');
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  const inner = Object.entries(value).map(([key, item]) => xml(key, item));
  return `<${name}>${inner.join('')}</${name}>`;
}
