import { Adapter } from '../../../data/adapter.js';
import { read } from '../../../data/http.js';
import type { RecordRepresentation } from '../../../data/representations.js';

export interface RelatedListConfig {
  parentRecordId?: string;
  relatedListId?: string;
  fields?: readonly string[];
  optionalFields?: readonly string[];
  sortBy?: readonly string[];
  pageSize?: number;
  pageToken?: string;
  where?: string;
}

export interface RelatedListRecords {
  count: number;
  records: RecordRepresentation[];
  nextPageToken: string | null;
}

/** Wire adapter for the records of a related list (LWC guide, getRelatedListRecords). */
export class getRelatedListRecords extends Adapter<RelatedListConfig, RelatedListRecords> {
  protected isReady(config: RelatedListConfig): boolean {
    return Boolean(config.parentRecordId && config.relatedListId);
  }

  protected read(config: RelatedListConfig): Promise<RelatedListRecords> {
    const { parentRecordId, relatedListId, ...body } = config;
    return read(`ui-api/related-list-records/${parentRecordId}/${relatedListId}`, body);
  }
}
