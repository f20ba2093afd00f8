import type { Org, Route, Session } from '../../core/contract.js';
import { ApiError, type ApiResponse } from '../../core/transport.js';
import { requireMetadataAccess } from '../access.js';
import { RequestFault } from '../deploy/options.js';
import { faultEnvelope, readEnvelope, responseEnvelope, SoapFault } from './envelope.js';
import { operations } from './operations.js';

/** SOAP endpoint of the Metadata API. Faults answer with HTTP 500, as SOAP 1.1 over HTTP has it. */
export const soapRoute: Route = {
  method: 'POST',
  pattern: /^\/services\/Soap\/m\/(\d+\.\d)(?:\/\w+)?$/,
  auth: 'none',
  handle({ org, request, params }) {
    try {
      const version = params[0] ?? '';
      if (!isOffered(version)) {
        throw new SoapFault(
          'soapenv:Client',
          `UNSUPPORTED_API_VERSION: Invalid Api version specified on URL: ${version}`
        );
      }
      const { operation, sessionId } = readEnvelope(request.body);
      const session = sessionOf(org, sessionId);
      const answer = operations[operation.name];
      if (!answer) {
        throw new SoapFault(
          'sf:UNKNOWN_EXCEPTION',
          `No operation available for request {${operation.namespace}}${operation.name}`
        );
      }
      requireMetadataAccess(session);
      const results = answer({ org, session, call: operation, version });
      return xmlResponse(200, responseEnvelope(operation.name, results));
    } catch (error) {
      return xmlResponse(500, faultOf(error));
    }
  }
};

/** Versions 21.0 to 30.0 are retired; later ones than the newest do not exist. */
function isOffered(version: string): boolean {
  const number = Number(version);
  return Number.isInteger(number) && number >= versions.oldest && number <= versions.newest;
}

const versions = { oldest: 31, newest: 68 } as const;

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

function faultOf(error: unknown): string {
  if (error instanceof SoapFault) return faultEnvelope(error.code, error.message);
  if (error instanceof RequestFault) return faultEnvelope(`sf:${error.code}`, withCode(error.code, error.message));
  if (error instanceof ApiError)
    return faultEnvelope(`sf:${error.errorCode}`, withCode(error.errorCode, error.message));
  return faultEnvelope(
    'sf:UNKNOWN_EXCEPTION',
    `UNKNOWN_EXCEPTION: ${error instanceof Error ? error.message : String(error)}`
  );
}

function withCode(code: string, message: string): string {
  return message.startsWith(`${code}:`) ? message : `${code}: ${message}`;
}

function xmlResponse(status: number, body: string): ApiResponse {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}
