import type { Values } from '../core/values.js';
import { text } from '../core/values.js';
import type { Scope } from '../core/world.js';

/** A read-only set of the analytics API: its fields in the short form of the model, and its rows. */
export interface AnalyticsSet {
  readonly fields: Readonly<Record<string, string>>;
  rows(scope: Scope): readonly Values[];
}

export const all = (scope: Scope, set: string): Values[] =>
  scope.world.store.all(scope.company, set).map(({ values }) => values);

export const codeOf = (scope: Scope, set: string, id: string): string =>
  text(scope.world.store.get(scope.company, set, id)?.values ?? {}, 'code');

export const CODE = 'String?:20';
