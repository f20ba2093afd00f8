import { bulkLimits, rowsPerPage } from '../bulk/limits.js';
import { defaultPolling, expectedLooks } from '../bulk/polling.js';

/** Child rows are short, so more of them make a page. */
export const childRowsPerPage = 10_000;
/** What a query job over some ten thousand records takes, most of it in the queue. */
const jobMs = 10_000;

export interface ReadSize {
  /** Opportunities in scope. */
  total: number;
  /** Rows that the first page of the REST query held. */
  firstPage: number;
  /** Jobs that the same read takes with Bulk: one per object. */
  jobs: number;
}

export function restCalls({ total, firstPage }: ReadSize): number {
  return Math.ceil(total / Math.max(1, firstPage));
}

export function bulkCalls({ total, jobs }: ReadSize): number {
  const pages = Math.ceil(total / rowsPerPage) + (jobs - 1) * Math.ceil(total / childRowsPerPage);
  return jobs * (1 + expectedLooks(defaultPolling, jobMs)) + pages;
}

/**
 * Whether a first read goes by Bulk API 2.0. Above 2,000 records it may, but it takes a job per object, because Bulk
 * knows no sub-queries: about 40 calls before the first row. REST pages hold up to 2,000 rows and then never cost more;
 * yet an org may make them as small as 200, as it does for two long text fields in one query, and then Bulk is cheaper
 * from about 10,000 opportunities on (20,000: 58 calls against 100). So the size of the first page decides.
 */
export function bulkIsCheaper(size: ReadSize): boolean {
  return size.total > bulkLimits.worthwhileAbove && bulkCalls(size) < restCalls(size);
}
