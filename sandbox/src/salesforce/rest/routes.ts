import type { Route } from '../core/contract.js';
import { queryRoutes } from './query-routes.js';
import { resourceRoutes } from './resources.js';
import { sobjectRoutes } from './sobject-routes.js';
import { toolingRoutes } from './tooling.js';

/** Paths of the REST API that the core answers; the first that matches counts. */
export const restRoutes: readonly Route[] = [...resourceRoutes, ...queryRoutes, ...toolingRoutes, ...sobjectRoutes];
