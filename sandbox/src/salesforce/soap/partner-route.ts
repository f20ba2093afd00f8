import type { Org, Route, Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { faultEnvelope, readEnvelope, responseEnvelope, SoapFault, valueOf } from '../metadata/soap/envelope.js';
import { convertLead, type LeadConvert } from './convert-lead.js';

/** SOAP API Developer Guide, convertLead. */
const MAX_LEADS = 100;
const namespaces = { u: 'urn:partner.soap.sforce.com', c: 'urn:enterprise.soap.sforce.com' } as const;

/**
 * SOAP endpoints of the partner and enterprise WSDL. They answer convertLead, which no REST resource does; records are read and
 * written over REST.
 */
export const partnerRoute: Route = {
  method: 'POST',
  pattern: /^\/services\/Soap\/(u|c)\/(\d+\.\d)(?:\/\w+)?$/,
  auth: 'none',
  handle({ org, request, params }) {
    const namespace = namespaces[params[0] === 'c' ? 'c' : 'u'];
    try {
      const { operation, sessionId } = readEnvelope(request.body);
      const session = sessionOf(org, sessionId);
      countCall(org as OrgHandle);
      if (operation.name !== 'convertLead') {
        const text = `No operation available for request {${operation.namespace}}${operation.name}`;
        throw new SoapFault('sf:UNKNOWN_EXCEPTION', text);
      }
      const { leadConverts } = valueOf(operation) as { leadConverts?: LeadConvert | LeadConvert[] };
      const given = leadConverts === undefined ? [] : [leadConverts].flat();
      return xmlResponse(
        200,
        responseEnvelope(operation.name, convertLeads(org as OrgHandle, session, given), namespace)
      );
    } catch (error) {
      return xmlResponse(500, faultOf(error, namespace));
    }
  }
};

/** One result per lead, in their order; a lead that fails leaves the others alone. */
function convertLeads(org: OrgHandle, session: Session, given: readonly LeadConvert[]): object[] {
  if (given.length > MAX_LEADS) {
    const text = `EXCEEDED_ID_LIMIT: record limit reached. cannot convert more than ${String(MAX_LEADS)} leads in this call`;
    throw new SoapFault('sf:EXCEEDED_ID_LIMIT', text);
  }
  return given.map((each) => {
    const leadId = each['leadId'] ?? null;
    try {
      const { accountId, contactId, opportunityId } = org.data.transaction(session, () =>
        convertLead(org, session, each)
      );
      return { accountId, contactId, leadId, opportunityId, success: true };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const errors = { fields: error.fields, message: error.message, statusCode: statusCodeOf(error) };
      return { accountId: null, contactId: null, errors, leadId, opportunityId: null, success: false };
    }
  });
}

/** NOT_FOUND is a word of the REST API; the SOAP API says the reference is wrong. */
function statusCodeOf({ errorCode }: ApiError): string {
  return errorCode === 'NOT_FOUND' ? 'INVALID_CROSS_REFERENCE_KEY' : errorCode;
}

/** SOAP calls count towards the same allocation as REST calls. */
function countCall({ usage, faults }: OrgHandle): void {
  if (faults.limitExhausted || usage.exhausted) {
    throw new SoapFault('sf:REQUEST_LIMIT_EXCEEDED', 'REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.');
  }
  usage.count();
}

function sessionOf(org: Org, sessionId: string): Session {
  try {
    return org.session(sessionId);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new SoapFault(
      'sf:INVALID_SESSION_ID',
      'INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key'
    );
  }
}

function faultOf(error: unknown, namespace: string): string {
  if (error instanceof SoapFault) return faultEnvelope(error.code, error.message, namespace);
  const message = error instanceof Error ? error.message : String(error);
  return faultEnvelope('sf:UNKNOWN_EXCEPTION', `UNKNOWN_EXCEPTION: ${message}`, namespace);
}

function xmlResponse(status: number, body: string): ApiResponse {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}
