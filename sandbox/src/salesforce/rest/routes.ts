import type { Route } from '../core/contract.js';
import { collectionRoutes } from './collection-routes.js';
import { compositeRoutes } from './composite.js';
import { graphRoutes } from './graph.js';
import { queryRoutes } from './query-routes.js';
import { replicationRoutes } from './replication.js';
import { resourceRoutes } from './resources.js';
import { sobjectRoutes } from './sobject-routes.js';
import { toolingRoutes } from './tooling.js';
import { treeRoutes } from './tree.js';

/** Paths of the REST API that the core answers; the first that matches counts. */
export const restRoutes: readonly Route[] = [
  ...resourceRoutes,
  ...queryRoutes,
  ...toolingRoutes,
  ...compositeRoutes,
  ...graphRoutes,
  ...treeRoutes,
  ...collectionRoutes,
  ...replicationRoutes,
  ...sobjectRoutes
];
