import { type XmlElement, child } from '../../../../sandbox/src/salesforce/metadata/xml/element.js';
import { parseXml } from '../../../../sandbox/src/salesforce/metadata/xml/parse.js';
import { valueOf } from '../../../../sandbox/src/salesforce/metadata/soap/envelope.js';
import type { Org } from '../../../../sandbox/src/salesforce/core/contract.js';

export interface SoapAnswer {
  status: number;
  fault?: { code: string; message: string };
  /** The `result` element as a value; of several, the list of them. */
  result: Record<string, unknown>;
}

/** One SOAP call as a client without a library makes it. */
export async function soapCall(org: Org, session: string, body: string): Promise<SoapAnswer> {
  const header = `<SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>${session}</sessionId></SessionHeader>`;
  const envelope =
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
    `<soapenv:Header>${header}</soapenv:Header><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  const response = await org.dispatch({
    method: 'POST',
    path: '/services/Soap/m/66.0',
    query: new URLSearchParams(),
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: Buffer.from(envelope)
  });
  const content = child(parseXml(String(response.body)), 'Body')?.children[0] as XmlElement;
  if (content.name === 'Fault') {
    const { faultcode = '', faultstring = '' } = valueOf(content) as Record<string, string>;
    return { status: response.status, fault: { code: faultcode, message: faultstring }, result: {} };
  }
  const { result } = valueOf(content) as { result?: Record<string, unknown> };
  return { status: response.status, result: result ?? {} };
}

export function operation(name: string, content: string): string {
  return `<${name} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${name}>`;
}

export function deployCall(
  zip: Buffer,
  options = '<rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>'
): string {
  return operation('deploy', `<ZipFile>${zip.toString('base64')}</ZipFile><DeployOptions>${options}</DeployOptions>`);
}

export function statusCall(id: string): string {
  return operation('checkDeployStatus', `<asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails>`);
}

/** Asks until the deploy has ended; gives every status seen and the last answer. */
export async function untilDone(org: Org, session: string, id: string): Promise<{ seen: string[]; last: SoapAnswer }> {
  const seen: string[] = [];
  for (;;) {
    const last = await soapCall(org, session, statusCall(id));
    if (last.fault) throw new Error(last.fault.message);
    const status = String(last.result['status']);
    if (seen.at(-1) !== status) seen.push(status);
    if (last.result['done'] === 'true') return { seen, last };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
