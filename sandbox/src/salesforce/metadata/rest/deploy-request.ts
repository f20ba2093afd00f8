import type { Route, RouteContext } from '../../core/contract.js';
import { ApiError, type ApiResponse } from '../../core/transport.js';
import { requireMetadataAccess } from '../access.js';
import { deployOptions, RequestFault } from '../deploy/options.js';
import { deployResult } from '../deploy/result.js';
import type { DeployJob } from '../deploy/job.js';
import { jobsOf } from '../jobs-of.js';
import { readMultipart } from './multipart.js';

/** Deploy through REST (Metadata API Developer Guide, deploy with REST). */
export const deployRequestRoutes: readonly Route[] = [
  { method: 'POST', pattern: /^\/services\/data\/v(\d+\.\d)\/metadata\/deployRequest$/, handle: guarded(submit) },
  { method: 'GET', pattern: /^\/services\/data\/v(\d+\.\d)\/metadata\/deployRequest\/(\w+)$/, handle: guarded(status) },
  {
    method: 'PATCH',
    pattern: /^\/services\/data\/v(\d+\.\d)\/metadata\/deployRequest\/(\w+)$/,
    handle: guarded(cancel)
  }
];

/** HTTP status of refusals that are not 400. */
const statusOf: Readonly<Record<string, number>> = { INSUFFICIENT_ACCESS: 403, INVALID_CROSS_REFERENCE_KEY: 404 };

function guarded(answer: (context: RouteContext) => ApiResponse): Route['handle'] {
  return (context) => {
    try {
      requireMetadataAccess(context.session);
      return answer(context);
    } catch (error) {
      if (!(error instanceof RequestFault)) throw error;
      const message = error.message.replace(`${error.code}: `, '');
      throw new ApiError(statusOf[error.code] ?? 400, error.code, message);
    }
  };
}

function submit(context: RouteContext): ApiResponse {
  const { org, session, request } = context;
  if (/^application\/json/i.test(request.headers['content-type'] ?? '')) return quickDeploy(context);
  const parts = readMultipart(request.headers['content-type'] ?? '', request.body);
  if (!parts) throw notMultipart();
  const zip = parts.find(({ contentType }) => contentType === 'application/zip');
  const json = parts.find(({ contentType }) => contentType === 'application/json');
  if (!zip || !json) throw new ApiError(400, 'INVALID_MULTIPART_REQUEST', 'A JSON part and a zip part are required');
  const entity = parseJson(json.content);
  const options = entity['deployOptions'];
  if (!isRecord(options)) throw new ApiError(400, 'JSON_PARSER_ERROR', 'deployOptions is required');
  const job = jobsOf(org).submit(session, Buffer.from(zip.content), deployOptions(options));
  return { status: 201, body: answerOf(job, false) };
}

const notMultipart = (): ApiError =>
  new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be multipart/form-data');

/** Quick deploy of a validation. */
function quickDeploy({ org, session, request }: RouteContext): ApiResponse {
  const { validatedDeployRequestId: id } = parseJson(request.body);
  if (typeof id !== 'string') throw notMultipart();
  return {
    status: 201,
    body: { ...answerOf(jobsOf(org).quickDeploy(session, id), false), validatedDeployRequestId: id }
  };
}

function status({ org, request, params }: RouteContext): ApiResponse {
  const job = jobsOf(org).check(params[1] ?? '');
  return { status: 200, body: answerOf(job, request.query.get('includeDetails') === 'true') };
}

function cancel({ org, request, params }: RouteContext): ApiResponse {
  const asked = parseJson(request.body)['deployResult'];
  if (!isRecord(asked) || asked['status'] !== 'Canceling') {
    throw new ApiError(400, 'INVALID_FIELD', 'Only the status Canceling can be set on a deploy request');
  }
  return { status: 202, body: answerOf(jobsOf(org).cancel(params[1] ?? ''), false) };
}

function answerOf(job: DeployJob, includeDetails: boolean): object {
  return {
    id: job.id,
    validatedDeployRequestId: null,
    deployOptions: job.options,
    deployResult: deployResult(job, includeDetails)
  };
}

function parseJson(content: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // The same answer as for JSON that is not an object.
  }
  throw new ApiError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
