import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { JsonObject } from '../../ports/json.js';
import type { RetryingHttp } from '../http/retry.js';

/** What is of interest in an answer of the token endpoint. */
export interface TokenAnswer {
  refreshToken?: string;
  /** Seconds. */
  expiresIn?: number;
  fault?: SignInFault;
}

/** What a refusal of Entra ID says. Its sentence is left out: it may name the person. */
export interface SignInFault {
  /** OAuth code, for example `invalid_grant`. */
  error: string;
  /** The number behind AADSTS, the exact reason. */
  number?: number;
}

export interface NetworkInput {
  http: RetryingHttp;
  /** Stands in for `https://login.microsoftonline.com`, scheme and host; MSAL itself insists on https. */
  endpoint?: string;
  onTokens(answer: TokenAnswer): void;
}

function faultIn(body: JsonObject): { fault?: SignInFault } {
  const { error, error_codes: numbers, error_description: description } = body;
  if (typeof error !== 'string') return {};
  const listed = Array.isArray(numbers) ? numbers[0] : undefined;
  const number = Number(listed ?? /^AADSTS(\d+)/.exec(String(description))?.[1]);
  return { fault: { error, ...(Number.isInteger(number) ? { number } : {}) } };
}

function tokensIn(body: JsonObject): TokenAnswer {
  const refreshToken = body['refresh_token'];
  const expiresIn = Number(body['expires_in']);
  return {
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(Number.isFinite(expiresIn) ? { expiresIn } : {}),
    ...faultIn(body)
  };
}

/**
 * MSAL's requests over our HTTP client, so that time-outs, repeats and proxies are the same everywhere. MSAL does not
 * hand out a rotated refresh token; it is picked up here.
 */
export function msalNetwork({ http, endpoint, onTokens }: NetworkInput): INetworkModule {
  async function send<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {}
  ): Promise<NetworkResponse<T>> {
    const { pathname, search } = new URL(url);
    const answer = await http.request({
      method,
      url: endpoint === undefined ? url : `${endpoint.replace(/\/+$/, '')}${pathname}${search}`,
      headers: options.headers ?? {},
      ...(options.body === undefined ? {} : { body: options.body }),
      // Entra ID lets a refresh token be exchanged more than once; a code that was redeemed already is refused in plain words.
      repeatable: true
    });
    let body: JsonObject;
    try {
      body = JSON.parse(answer.body) as JsonObject;
    } catch {
      body = { error: 'server_error', error_description: `The token service answered with status ${answer.status}.` };
    }
    onTokens(tokensIn(body));
    return { headers: { ...answer.headers }, body: body as T, status: answer.status };
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options)
  };
}
