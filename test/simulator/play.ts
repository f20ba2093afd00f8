import { loadMapping } from '../../plugin/src/mapping/index.js';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import { judge } from './oracle.js';
import type { Profile } from './profile.js';
import type { Story } from './story.js';
import type { Tricks } from './tricks.js';
import { SimWorld } from './world.js';

/** Which account a deal goes to is decided by the name of its customer. */
const INBOUND_FIELDS = ['customerName'];
/** Fields that travel both ways, one way, once, and as a list. More of each kind would only take longer. */
const FIELDS = ['name', 'dealValue', 'notes', 'outcome', 'help', 'visibleToMicrosoft', 'solutions'];
const QUIET_RUNS = 4;

const cached = new Map<boolean, Promise<Mapping>>();

/** The mapping that ships, cut down to one field of each kind. */
export function simMapping(inbound = false): Promise<Mapping> {
  const wanted = inbound ? [...FIELDS, ...INBOUND_FIELDS] : FIELDS;
  const known = cached.get(inbound);
  const mapping = known ?? loadMapping().then((whole) => cutDown(whole, wanted));
  cached.set(inbound, mapping);
  return mapping;
}

const cutDown = (mapping: Mapping, wanted: readonly string[]): Mapping => ({
  ...mapping,
  fields: mapping.fields.filter(({ name }) => wanted.includes(name)),
  preflight: mapping.preflight.filter(({ code }) => code === 'AMOUNT_MISSING')
});

const ruled = (mapping: Mapping, rules: Profile['rules']): Mapping =>
  rules === undefined
    ? mapping
    : { ...mapping, fields: mapping.fields.map((field) => ({ ...field, rule: rules[field.name] ?? field.rule })) };

export interface Played {
  problems: readonly { promise: string; text: string }[];
  trace: readonly string[];
  requests: number;
  /** Timers that fired. */
  steps: number;
}

/** Plays one story to its end and says which promises were broken. The same story always ends the same. */
export async function play(story: Story, tricks: Tricks = {}, tracing = false): Promise<Played> {
  const world = new SimWorld(
    story,
    ruled(await simMapping(story.profile.inbound), story.profile.rules),
    tricks,
    tracing
  );
  await world.disturbance();
  await world.quiet(QUIET_RUNS);
  await judge(world);
  const requests = world.org.requests + world.referrals.requests;
  return { problems: world.problems, trace: world.lines, requests, steps: world.time.fired };
}
