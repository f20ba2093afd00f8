import type { Route } from '../core/contract.js';
import { ingestRoutes } from './ingest-routes.js';
import { queryJobRoutes } from './query-job-routes.js';

/** Bulk API 2.0. */
export const bulkRoutes: readonly Route[] = [...ingestRoutes, ...queryJobRoutes];
