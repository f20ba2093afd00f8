import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import type { Api } from './api.js';
import { recordPath } from './address.js';
import type { EntityFacts, SyncedSet } from './entities.js';
import { system } from './system.js';
import { readRow } from './values.js';

/** One entity set of one company, and how to reach it. */
export interface SetContext {
  api: Api;
  set: SyncedSet;
  facts: EntityFacts;
  /** Path of the company below the root. */
  company: string;
  companyId: string;
  /** Records that take part: a condition in OData's words. @default all */
  filter?: string;
}

export const pathOf = ({ company, set }: SetContext, id?: string): string => recordPath(company, set, id);

function lifecycleOf({ finalWhen }: EntityFacts, document: JsonObject): RemoteRecord['lifecycle'] {
  return finalWhen?.values.includes(String(document[finalWhen.field])) === true ? 'final' : 'open';
}

/**
 * A row as the engine sees it. The company travels with the coupling: a company that was copied has the same record ids, and
 * must not be taken for the one that is coupled.
 * @throws ConnectorError `ANSWER_UNUSABLE` for a row without id or ETag
 */
export function toRecord({ set, facts, companyId }: SetContext, row: JsonObject): RemoteRecord {
  const { id, '@odata.etag': etag, lastModifiedDateTime } = row;
  if (typeof id !== 'string' || typeof etag !== 'string') {
    throw new ConnectorError(system, 'rejected', 'ANSWER_UNUSABLE', `A row of ${set} came without id or ETag.`);
  }
  const document = readRow(set, row);
  const marker = facts.marking.by === 'field' ? document[facts.marking.field] : undefined;
  return {
    key: id,
    document,
    version: etag,
    modifiedAt: typeof lastModifiedDateTime === 'string' ? new Date(lastModifiedDateTime).toISOString() : '',
    lifecycle: lifecycleOf(facts, document),
    context: { companyId },
    ...(typeof marker === 'string' && marker !== '' ? { counterpart: marker } : {})
  };
}
