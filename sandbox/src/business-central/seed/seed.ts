import type { World } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Scope } from '../core/world.js';
import { seedHistory } from './history.js';
import { seedMasterData } from './master-data.js';
import { seedSetup } from './setup.js';
import { stableId } from './ids.js';

/** `setup`: companies with their setup tables and nothing else. `demo`: two years of trade in the first company. */
export type Seed = 'setup' | 'demo';

/** The company that trades, and one that nobody uses. */
export const COMPANY = { id: stableId('company', 'CRONUS NL'), name: 'CRONUS NL' };
export const OTHER_COMPANY = { id: stableId('company', 'CRONUS Test'), name: 'CRONUS Test' };
export const ENVIRONMENT = 'Production';
export const OTHER_ENVIRONMENT = 'Sandbox';

const PLACES = [
  [ENVIRONMENT, COMPANY],
  [ENVIRONMENT, OTHER_COMPANY],
  [OTHER_ENVIRONMENT, { id: stableId('company', 'CRONUS Sandbox'), name: 'CRONUS NL' }]
] as const;

/** Whose name the seeded rows carry. */
const SEED_USER = stableId('user', 'ADMIN');

export const scopeOf = (world: World, company: string = COMPANY.id, environment: string = ENVIRONMENT): Scope => ({
  world,
  company,
  environment,
  user: SEED_USER
});

/** Fills an empty database. */
export function seedWorld(world: World, seed: Seed): void {
  world.store.transaction(() => {
    world.kept.set('service', 'environments', [ENVIRONMENT, OTHER_ENVIRONMENT]);
    for (const [environment, { id, name }] of PLACES) {
      storeCompany(world, environment, id, name);
      seedSetup(scopeOf(world, id, environment), name);
    }
    if (seed === 'setup') return;
    seedMasterData(scopeOf(world));
    seedHistory(scopeOf(world));
  });
}

function storeCompany(world: World, environment: string, id: string, name: string): void {
  const now = stamp(world);
  world.store.insert('', 'companies', {
    id,
    name,
    displayName: name,
    systemVersion: '29.0.40217.0',
    timestamp: 20_251,
    businessProfileId: '',
    systemCreatedAt: now,
    systemCreatedBy: SEED_USER,
    systemModifiedAt: now,
    systemModifiedBy: SEED_USER,
    $environment: environment
  });
}
