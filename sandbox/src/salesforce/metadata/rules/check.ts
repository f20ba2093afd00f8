import type { Org } from '../../core/contract.js';
import type { DeployComponent } from '../package/collect.js';
import type { Problem } from '../package/problem.js';
import { rules, type Rule } from './index.js';
import { keyOf, World, type Removal } from './world.js';

export interface Checked {
  /** Components without problems. */
  valid: DeployComponent[];
  problems: Problem[];
  /** The organization with the valid components. */
  world: World;
}

/**
 * Checks values first, then references until nothing new fails: a component that fails takes what refers to it with it.
 */
export async function checkComponents(
  org: Org,
  components: readonly DeployComponent[],
  removals: readonly Removal[]
): Promise<Checked> {
  const problems: Problem[] = [];
  let valid = await sift(components, new World(org, [], removals), (type) => rules[type]?.values, problems);
  for (;;) {
    const world = new World(org, valid, removals, components);
    const next = await sift(valid, world, (type) => rules[type]?.references, problems);
    if (next.length === valid.length) return { valid, problems, world };
    valid = next;
  }
}

async function sift(
  components: readonly DeployComponent[],
  world: World,
  ruleOf: (type: string) => Rule | undefined,
  problems: Problem[]
): Promise<DeployComponent[]> {
  const failed = new Set<string>();
  for (const component of components) {
    const found = (await ruleOf(component.type)?.(component, world)) ?? [];
    problems.push(...found);
    if (found.some(({ problemType }) => problemType === 'Error')) failed.add(keyOf(component));
  }
  return components.filter((component) => !failed.has(keyOf(component)));
}
