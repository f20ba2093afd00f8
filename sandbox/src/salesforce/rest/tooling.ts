import type { Route } from '../core/contract.js';
import { unsupportedObject } from '../soql/errors.js';
import { describeGlobalEntry } from './describe-object.js';
import { DATA, handleOf } from './http.js';

/** Objects that only the Tooling API knows. */
const names: ReadonlySet<string> = new Set(['PlatformEventChannelMember']);

/** Refuses a Tooling object in a data query, as an org does. Throws INVALID_TYPE. */
export function toolingOnly(object: string, soql: string): void {
  if (names.has(object)) throw unsupportedObject(soql, object);
}

export const toolingRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/tooling/sobjects/?$`),
    handle: (context) => {
      const org = handleOf(context);
      const objects = org.schema.objects().filter((object) => names.has(object.name));
      const sobjects = objects.map((object) =>
        describeGlobalEntry(org, context.session, object, context.params[0] ?? '')
      );
      return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
    }
  }
];
