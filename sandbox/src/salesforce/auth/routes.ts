import type { Route, RouteContext } from '../core/contract.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { baseUrl, handleOf } from '../rest/http.js';
import { identity, userInfo } from './identity-routes.js';
import { tokenRoute } from './token-route.js';

/** OAuth endpoints refuse a token with 403 and one word, unlike the data API, which answers 401 with a list of errors. */
function withToken(handle: (context: RouteContext) => ApiResponse): Route['handle'] {
  return (context) => {
    const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(context.request.headers['authorization'] ?? '')?.[1];
    if (token === undefined) return refused('Missing_OAuth_Token');
    try {
      return handle({ ...context, session: context.org.session(token) });
    } catch (error) {
      if (error instanceof ApiError && error.errorCode === 'INVALID_SESSION_ID') return refused('Bad_OAuth_Token');
      throw error;
    }
  };
}

const refused = (word: string): ApiResponse => ({ status: 403, headers: { 'content-type': 'text/html' }, body: word });

/** OAuth 2.0 endpoints and the identity URL. */
export const authRoutes: readonly Route[] = [
  { method: 'POST', pattern: /^\/services\/oauth2\/token\/?$/, auth: 'none', handle: (context) => tokenRoute(context) },
  { method: 'GET', pattern: /^\/services\/oauth2\/userinfo\/?$/, auth: 'none', handle: withToken(userInfo) },
  { method: 'GET', pattern: /^\/id\/(\w{15,18})\/(\w{15,18})\/?$/, auth: 'none', handle: withToken(identity) },
  {
    method: 'POST',
    pattern: /^\/services\/oauth2\/revoke\/?$/,
    auth: 'none',
    handle: (context) => {
      const token = new URLSearchParams(context.request.body.toString('utf8')).get('token') ?? '';
      if (handleOf(context).auth.revoke(token)) return { status: 200 };
      return {
        status: 400,
        body: { error: 'unsupported_token_type', error_description: 'this token type is not supported' }
      };
    }
  },
  {
    method: 'GET',
    pattern: /^\/services\/oauth2\/singleaccess\/?$/,
    auth: 'none',
    handle: withToken((context) => ({
      status: 200,
      body: { frontdoor_uri: `${baseUrl(context.request)}/secur/frontdoor.jsp?otp=${context.org.newId('0Ot')}` }
    }))
  }
];
