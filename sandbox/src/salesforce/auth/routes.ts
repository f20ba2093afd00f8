import type { Route } from '../core/contract.js';

export const authRoutes: readonly Route[] = [];
