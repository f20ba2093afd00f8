import { entitySets } from '../contract/model.js';
import { contactRules, customerContactRules } from './contacts.js';
import { customerRules } from './customers.js';
import { itemRules } from './items.js';
import { salesHeaderRules } from './sales-headers.js';
import { salesLineRules } from './sales-lines.js';
import { codeRules, customerPaymentRules, itemVariantRules, opportunityRules, vendorRules } from './small-sets.js';
import type { SetRules } from './types.js';

const RULES: Readonly<Record<string, SetRules>> = {
  ...salesHeaderRules,
  ...salesLineRules,
  contacts: contactRules,
  customerContacts: customerContactRules,
  customers: customerRules,
  customerPayments: customerPaymentRules,
  items: itemRules,
  itemVariants: itemVariantRules,
  opportunities: opportunityRules,
  vendors: vendorRules
};

const NONE: SetRules = {};

/** What the application does when a row of the set is written. */
export function ruleFor(set: string): SetRules {
  return RULES[set] ?? (entitySets.get(set)?.properties.get('code')?.nullable === false ? codeRules : NONE);
}
