import { text } from '../core/values.js';
import type { Scope } from '../core/world.js';

const setup = (scope: Scope, set: string, field: string): string => {
  const [row] = scope.world.store.all(scope.company, set);
  return row ? text(row.values, field) : '';
};

/** Code of the local currency (General Ledger Setup). */
export const localCurrency = (scope: Scope): string => setup(scope, 'generalLedgerSetup', 'localCurrencyCode');

/** Country of the company itself. */
export const homeCountry = (scope: Scope): string => setup(scope, 'companyInformation', 'country');
