import { accountRules } from './account.js';
import { currencyTypeRules } from './currencies.js';
import { leadRules } from './lead.js';
import { opportunityRules } from './opportunity.js';
import { orderItemRules, orderRules } from './orders.js';
import { contactRoleRules, permissionSetAssignmentRules, personRules, teamMemberRules, userRules } from './people.js';
import { opportunityLineItemRules, pricebookEntryRules } from './products.js';
import type { ObjectRules } from './types.js';

/** Rules by object; an object without an entry has field rules only. */
export const objectRules: Readonly<Record<string, ObjectRules>> = {
  Account: accountRules,
  Contact: personRules,
  Lead: leadRules,
  User: userRules,
  Opportunity: opportunityRules,
  OpportunityContactRole: contactRoleRules,
  OpportunityTeamMember: teamMemberRules,
  OpportunityLineItem: opportunityLineItemRules,
  Order: orderRules,
  OrderItem: orderItemRules,
  PricebookEntry: pricebookEntryRules,
  PermissionSetAssignment: permissionSetAssignmentRules,
  CurrencyType: currencyTypeRules
};
