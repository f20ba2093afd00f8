import { onlineUrl } from './system.js';

/** An environment in Microsoft's cloud. */
export interface OnlineAddress {
  kind: 'online';
  /** Scheme and host. @default `onlineUrl` */
  baseUrl?: string;
  /** Tenant id or domain; without it the one of the token counts. */
  tenant?: string;
  /** Name of the environment, for example `Production`. */
  environment: string;
}

/** A server of one's own. */
export interface OnPremisesAddress {
  kind: 'onPremises';
  /** Scheme, host, port and instance, for example `https://erp.example.com:7048/BC`. */
  baseUrl: string;
}

export type Address = OnlineAddress | OnPremisesAddress;

const trimmed = (url: string): string => url.replace(/\/+$/, '');

/** Where the APIs of an environment begin (Business Central: endpoints), without a slash at the end. */
export function apiRoot(address: Address): string {
  if (address.kind === 'onPremises') return `${trimmed(address.baseUrl)}/api`;
  const { baseUrl = onlineUrl, tenant, environment } = address;
  const segments = [tenant, environment].filter((segment) => segment !== undefined).map(encodeURIComponent);
  return `${trimmed(baseUrl)}/v2.0/${segments.join('/')}/api`;
}

/** Where the environments of a tenant are listed. */
export const environmentsUrl = (baseUrl = onlineUrl): string => `${trimmed(baseUrl)}/environments/v1.2`;

/** Path of a company below the root of the APIs. */
export const companyPath = (companyId: string, api = 'v2.0'): string => `${api}/companies(${companyId})`;

/** Path of a record below its company; keys are GUIDs and travel bare. */
export const recordPath = (company: string, set: string, id?: string): string =>
  id === undefined ? `${company}/${set}` : `${company}/${set}(${id})`;
