import type { Route } from './core/contract.js';
import { metadataRoutes } from './metadata/index.js';
import { partnerRoute } from './soap/partner-route.js';
import { uiApiRoutes } from './ui-api/index.js';

/** Routes of the modules beside the core. */
export const moduleRoutes: readonly Route[] = [...metadataRoutes, ...uiApiRoutes, partnerRoute];
