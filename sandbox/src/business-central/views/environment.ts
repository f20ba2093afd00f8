import type { View } from './types.js';

/** The companies of the environment that the address names. */
export const companies: View = ({ scope }) =>
  scope.world.store
    .where('', 'companies', (values) => values['$environment'] === scope.environment)
    .map((row) => ({ id: row.id, version: row.version, values: row.values }));

/** What can be called in the environment (API Category Routes). */
export const apiCategoryRoutes: View = ({ scope }) => {
  const { analyticsVersion } = scope.world.settings();
  const routes = [
    ['', '', 'v2.0'],
    ['microsoft', 'automation', 'v2.0'],
    ['microsoft', 'analytics', analyticsVersion],
    ['microsoft', 'runtime', 'beta']
  ] as const;
  return routes.map(([publisher, group, version]) => {
    const route = [publisher, group, version].filter((part) => part !== '').join('/');
    return { id: route, version: 0, values: { route, publisher, group, version } };
  });
};
