import type { JsonObject } from '../../ports/json.js';
import type { Api } from './api.js';
import { valuesOf } from './api.js';
import { collectRows } from './listing.js';

/** An environment of a tenant. */
export interface EnvironmentInfo {
  name: string;
  /** For example `Production` or `Sandbox`. */
  type: string;
  /** For example `Active`. */
  status: string;
}

export interface CompanyInfo {
  id: string;
  /** Unique in the environment. */
  name: string;
  displayName: string;
}

/** An API that the environment offers besides v2.0. */
export interface ApiRoute {
  route: string;
  publisher: string;
  group: string;
  version: string;
}

const textOf = (row: JsonObject, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** The environments that the sign-in may see, by name. @param url see `environmentsUrl` */
export async function listEnvironments(api: Api, url: string): Promise<EnvironmentInfo[]> {
  const { json } = await api.call({ method: 'GET', path: url, repeatable: true });
  return valuesOf(json)
    .map((row) => ({ name: textOf(row, 'name'), type: textOf(row, 'type'), status: textOf(row, 'status') }))
    .sort((first, second) => first.name.localeCompare(second.name));
}

/** The companies of the environment, by name. */
export async function listCompanies(api: Api): Promise<CompanyInfo[]> {
  const rows = await collectRows(api, 'v2.0/companies');
  return rows
    .map((row) => ({
      id: textOf(row, 'id'),
      name: textOf(row, 'name'),
      displayName: textOf(row, 'displayName') || textOf(row, 'name')
    }))
    .sort((first, second) => first.name.localeCompare(second.name));
}

/** Further APIs of the environment; the Analytics API and those of extensions are found here. */
export async function listRoutes(api: Api): Promise<ApiRoute[]> {
  const rows = await collectRows(api, 'v2.0/apicategoryroutes');
  return rows.map((row) => ({
    route: textOf(row, 'route'),
    publisher: textOf(row, 'publisher'),
    group: textOf(row, 'group'),
    version: textOf(row, 'version')
  }));
}
