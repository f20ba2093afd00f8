import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { JsonObject } from '../../ports/json.js';
import type { RetryingHttp } from '../http/retry.js';

/** What is of interest in an answer of the token endpoint. */
export interface TokenAnswer {
  refreshToken?: string;
  /** Seconds. */
  expiresIn?: number;
}

export interface NetworkInput {
  http: RetryingHttp;
  /** Stands in for `https://login.microsoftonline.com`, scheme and host; MSAL itself insists on https. */
  endpoint?: string;
  onTokens(answer: TokenAnswer): void;
}

function tokensIn(body: JsonObject): TokenAnswer {
  const refreshToken = body['refresh_token'];
  const expiresIn = Number(body['expires_in']);
  return {
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(Number.isFinite(expiresIn) ? { expiresIn } : {})
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
      // Entra ID lets a refresh token be exchanged more than once.
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
