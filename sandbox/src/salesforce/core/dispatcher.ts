import type { Route, Session } from './contract.js';
import type { OrgHandle } from './org-handle.js';
import { ApiError, type ApiRequest, type ApiResponse } from './transport.js';

/** Versions that still answer; older ones are retired (API end-of-life policy). */
const OLDEST_VERSION = 31;
const NEWEST_VERSION = 68;

/** Finds the route of a request, authenticates, and turns thrown errors into Salesforce's error array. */
export class Dispatcher {
  public constructor(
    private readonly org: OrgHandle,
    private readonly routes: readonly Route[]
  ) {}

  /** One API call: counted, limited, answered. */
  public async dispatch(request: ApiRequest): Promise<ApiResponse> {
    this.org.counters.add(request.method, request.path);
    try {
      return this.withLimitInfo(request, await this.answer(request));
    } catch (error) {
      return this.withLimitInfo(request, errorResponse(error));
    }
  }

  /** A part of a composite call: same routes and session, not counted. The answer must be there at once. */
  public dispatchPart(request: ApiRequest, session: Session): ApiResponse {
    try {
      const { route, params } = this.find(request);
      const answer = route.handle({ org: this.org, request, params, session });
      if (answer instanceof Promise) {
        answer.catch(() => undefined);
        throw new ApiError(400, 'INVALID_INPUT', 'The requested resource is not available in a composite request');
      }
      return answer;
    } catch (error) {
      return errorResponse(error);
    }
  }

  private async answer(request: ApiRequest): Promise<ApiResponse> {
    const { faults } = this.org;
    if (faults.unavailable > 0) {
      faults.unavailable--;
      throw new ApiError(503, 'SERVER_UNAVAILABLE', 'The server is temporarily unable to service your request');
    }
    const { route, params } = this.find(request);
    const session = route.auth === 'none' ? anonymous : this.authenticate(request);
    if (request.path.startsWith('/services/data/v')) this.countCall();
    return await route.handle({ org: this.org, request, params, session });
  }

  private find(request: ApiRequest): { route: Route; params: string[] } {
    const version = /^\/services\/data\/v(\d+)\.\d+(?:\/|$)/.exec(request.path)?.[1];
    const known = version === undefined || (Number(version) >= OLDEST_VERSION && Number(version) <= NEWEST_VERSION);
    let pathExists = false;
    for (const route of known ? this.routes : []) {
      const match = route.pattern.exec(request.path);
      if (match === null) continue;
      pathExists = true;
      if (
        route.method === '*' ||
        route.method === request.method ||
        (request.method === 'HEAD' && route.method === 'GET')
      ) {
        return { route, params: match.slice(1) };
      }
    }
    if (pathExists) {
      const text = `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET,POST,PATCH,DELETE`;
      throw new ApiError(405, 'METHOD_NOT_ALLOWED', text);
    }
    throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  private authenticate(request: ApiRequest): Session {
    const header = request.headers['authorization'];
    if (header === undefined) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header)?.[1];
    if (token === undefined) throw new ApiError(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
    const session = this.org.session(token);
    const clientId = callOption(request, 'client');
    return { ...session, clientId, changeOrigin: changeOrigin(request.path, clientId) };
  }

  private countCall(): void {
    const { usage, faults } = this.org;
    if (faults.limitExhausted || usage.exhausted) {
      throw new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    }
    usage.count();
  }

  private withLimitInfo(request: ApiRequest, response: ApiResponse): ApiResponse {
    if (!request.path.startsWith('/services/data')) return response;
    const { usage, faults } = this.org;
    const used = faults.limitExhausted ? usage.max : usage.used;
    const info = `api-usage=${String(used)}/${String(usage.max)}`;
    return { ...response, headers: { 'sforce-limit-info': info, ...response.headers } };
  }
}

const anonymous: Session = { userId: '', username: '', admin: false, clientId: '' };

export function errorResponse(error: unknown): ApiResponse {
  if (!(error instanceof ApiError)) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      status: 500,
      body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: `An unexpected error occurred: ${message}` }]
    };
  }
  const fields = error.fields.length > 0 ? { fields: error.fields } : {};
  return { status: error.status, body: [{ message: error.message, errorCode: error.errorCode, ...fields }] };
}

/** A member of `Sforce-Call-Options: client=x, defaultNamespace=y`. */
function callOption(request: ApiRequest, name: string): string {
  const options = request.headers['sforce-call-options'] ?? '';
  for (const option of options.split(',')) {
    const [key = '', ...value] = option.split('=');
    if (key.trim() === name) return value.join('=').trim();
  }
  return '';
}

/** What change events say about the road of a change; calls of the user interface say nothing. */
function changeOrigin(path: string, clientId: string): string {
  const match = /^\/services\/data\/v(\d+\.\d+)\/(ui-api|graphql|jobs)?/.exec(path);
  if (match === null || match[2] === 'ui-api' || match[2] === 'graphql') return '';
  const api = match[2] === 'jobs' ? 'bulkapi' : 'rest';
  return `com/salesforce/api/${api}/${match[1] ?? ''}${clientId === '' ? '' : `;client=${clientId}`}`;
}
