import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import type { Endpoints } from '../../sandbox/src/world/endpoints.js';

/** Where the suite's sandbox answers. */
export const endpoints = (): Endpoints => JSON.parse(readFileSync(inject('endpointsFile'), 'utf8')) as Endpoints;

const tokenOf = (username: string): string => {
  const user = endpoints().salesforce.users.find((candidate) => candidate.username === username);
  if (!user) throw new Error(`The sandbox has no demo user ${username}.`);
  return user.accessToken;
};

/** A REST call to the Salesforce stand-in as a demo user; throws unless it succeeds. */
export const salesforce = async <T>(username: string, method: string, path: string, body?: unknown): Promise<T> => {
  const { url, apiVersion } = endpoints().salesforce;
  const response = await fetch(`${url}/services/data/v${apiVersion}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokenOf(username)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
};

export const query = async <T>(username: string, soql: string): Promise<T[]> =>
  (await salesforce<{ records: T[] }>(username, 'GET', `/query?q=${encodeURIComponent(soql)}`)).records;

/** Looks again every 50 ms until `look` returns something; fails with `what` after `limitMs`. */
export const eventually = async <T>(what: string, look: () => Promise<T | undefined>, limitMs = 10_000): Promise<T> => {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Not seen within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
