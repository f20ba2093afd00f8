import type { RouteContext } from '../core/contract.js';
import { ApiError, type ApiRequest, type ApiResponse } from '../core/transport.js';
import { baseUrl, handleOf } from '../rest/http.js';

interface UserDetails {
  Id: string;
  Username: string;
  FirstName: string | null;
  LastName: string;
  Name: string;
  Email: string;
  CommunityNickname: string | null;
  LanguageLocaleKey: string;
  LocaleSidKey: string;
}

function readUser(context: RouteContext, userId: string): UserDetails {
  const user = handleOf(context).engine.database.first<UserDetails>(`SELECT * FROM "User" WHERE "Id" = ?`, userId);
  if (user === undefined) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return user;
}

/** Links of an identity answer; `{version}` is filled in by the reader. */
function urls(request: ApiRequest, organizationId: string, userId: string): object {
  const base = baseUrl(request);
  const data = `${base}/services/data/v{version}/`;
  return {
    enterprise: `${base}/services/Soap/c/{version}/${organizationId}`,
    metadata: `${base}/services/Soap/m/{version}/${organizationId}`,
    partner: `${base}/services/Soap/u/{version}/${organizationId}`,
    rest: data,
    sobjects: `${data}sobjects/`,
    query: `${data}query/`,
    recent: `${data}recent/`,
    tooling_rest: `${data}tooling/`,
    profile: `${base}/${userId}`,
    custom_domain: base
  };
}

/** GET /services/oauth2/userinfo (OpenID Connect). */
export function userInfo(context: RouteContext): ApiResponse {
  const { org, request, session } = context;
  const user = readUser(context, session.userId);
  return {
    status: 200,
    body: {
      sub: `${baseUrl(request)}/id/${org.id}/${user.Id}`,
      user_id: user.Id,
      organization_id: org.id,
      preferred_username: user.Username,
      nickname: user.CommunityNickname ?? user.LastName,
      name: user.Name,
      email: user.Email,
      email_verified: true,
      given_name: user.FirstName,
      family_name: user.LastName,
      zoneinfo: 'GMT',
      language: user.LanguageLocaleKey,
      locale: user.LocaleSidKey,
      active: true,
      user_type: 'STANDARD',
      urls: urls(request, org.id, user.Id)
    }
  };
}

/** GET /id/{organization}/{user} (Identity URL). A user sees only itself unless it is an administrator. */
export function identity(context: RouteContext): ApiResponse {
  const { org, request, session, params } = context;
  const [organizationId = '', userId = ''] = params;
  if (organizationId.slice(0, 15) !== org.id.slice(0, 15)) throw new ApiError(403, 'FORBIDDEN', 'Wrong_Org');
  if (!session.admin && userId.slice(0, 15) !== session.userId.slice(0, 15))
    throw new ApiError(403, 'FORBIDDEN', 'Bad_Id');
  const user = readUser(context, userId.slice(0, 15) === session.userId.slice(0, 15) ? session.userId : userId);
  return {
    status: 200,
    body: {
      id: `${baseUrl(request)}/id/${org.id}/${user.Id}`,
      asserted_user: true,
      user_id: user.Id,
      organization_id: org.id,
      username: user.Username,
      nick_name: user.CommunityNickname ?? user.LastName,
      display_name: user.Name,
      email: user.Email,
      email_verified: true,
      first_name: user.FirstName,
      last_name: user.LastName,
      timezone: 'GMT',
      active: true,
      user_type: 'STANDARD',
      language: user.LanguageLocaleKey,
      locale: user.LocaleSidKey,
      utcOffset: 0,
      is_app_installed: true,
      urls: urls(request, org.id, user.Id)
    }
  };
}
