import type { Route } from '../core/contract.js';

export const restRoutes: readonly Route[] = [];
