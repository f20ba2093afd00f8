import type { Route } from '../core/contract.js';
import { baseUrl, handleOf } from '../rest/http.js';
import { identity, userInfo } from './identity-routes.js';
import { tokenRoute } from './token-route.js';

/** OAuth 2.0 endpoints and the identity URL. */
export const authRoutes: readonly Route[] = [
  { method: 'POST', pattern: /^\/services\/oauth2\/token\/?$/, auth: 'none', handle: (context) => tokenRoute(context) },
  { method: 'GET', pattern: /^\/services\/oauth2\/userinfo\/?$/, handle: (context) => userInfo(context) },
  { method: 'GET', pattern: /^\/id\/(\w{15,18})\/(\w{15,18})\/?$/, handle: (context) => identity(context) },
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
    handle: (context) => ({
      status: 200,
      body: { frontdoor_uri: `${baseUrl(context.request)}/secur/frontdoor.jsp?otp=${context.org.newId('0Ot')}` }
    })
  }
];
