import type { World } from './world.js';

/** Tabs of standard objects and features, as permission sets and applications name them. */
const standardTabs: ReadonlySet<string> = new Set(
  [
    'Account Asset Campaign Case Chatter Contact Contract Dashboard Event Feed File Forecasting3 Group Home Idea Lead',
    'Note Opportunity Order Pricebook2 Product2 Quote Solution Task Workspace report'
  ]
    .join(' ')
    .split(' ')
    .map((name) => `standard-${name}`.toLowerCase())
);

/** A custom tab of the organization or the package, or a standard one. */
export function isTab(name: string, world: World): boolean {
  return name.startsWith('standard-') ? standardTabs.has(name.toLowerCase()) : world.has('CustomTab', name);
}
