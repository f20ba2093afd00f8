import type { Route } from '../core/contract.js';
import { deployRequestRoutes } from './rest/deploy-request.js';
import { soapRoute } from './soap/route.js';

/** Everything the stand-in serves of the Metadata API. */
export const metadataRoutes: readonly Route[] = [soapRoute, ...deployRequestRoutes];
