import { recordTypeField, takesRecordTypes } from '../record-types.js';
import type { FieldSchema, SObjectSchema } from '../schema.js';
import { account } from './account.js';
import { contact } from './contact.js';
import { picklist } from './fields.js';
import { lead, note } from './lead.js';
import { order, orderItem } from './orders.js';
import { opportunityContactRole, opportunityTeamMember } from './opportunity-people.js';
import { opportunity, opportunityStage } from './opportunity.js';
import { opportunityLineItem, pricebook2, pricebookEntry, product2 } from './products.js';
import * as setup from './setup.js';

/** Units of the corporate currency; the first is the corporate currency itself. */
export const currencies = [
  ['USD', 1],
  ['EUR', 0.92],
  ['GBP', 0.79],
  ['CAD', 1.37],
  ['AUD', 1.52],
  ['JPY', 151]
] as const;

const salesObjects = [
  account,
  contact,
  opportunity,
  opportunityContactRole,
  opportunityTeamMember,
  product2,
  pricebook2,
  pricebookEntry,
  opportunityLineItem,
  order,
  orderItem,
  lead,
  note
];

/** Objects that carry no amounts and so have no currency of their own, even in an org with several currencies. */
const withoutCurrency = new Set(['Pricebook2', 'Note', 'OpportunityTeamMember']);

/** Read-only on children: a line takes the currency of its opportunity. */
export function currencyField(readOnly = false): FieldSchema {
  return picklist(
    'CurrencyIsoCode',
    'Currency ISO Code',
    currencies.map(([code]) => code),
    {
      restricted: true,
      initial: 'USD',
      permissionable: false,
      nillable: true,
      createable: !readOnly,
      updateable: !readOnly
    }
  );
}

/** Standard objects of a fresh org, with CurrencyIsoCode where several currencies are switched on. */
export function standardObjects(multiCurrency: boolean): SObjectSchema[] {
  const setupObjects = [
    setup.organization,
    setup.profile,
    setup.user,
    setup.permissionSet,
    setup.permissionSetAssignment,
    setup.recordType,
    setup.platformEventChannelMember,
    opportunityStage
  ];
  const typed = salesObjects.map(withRecordType);
  if (!multiCurrency) return [...typed, ...setupObjects];
  return [
    ...typed.map(withCurrency),
    withCurrency(setup.user),
    ...setupObjects.filter((each) => each !== setup.user),
    setup.currencyType
  ];
}

function withCurrency(object: SObjectSchema): SObjectSchema {
  if (withoutCurrency.has(object.name)) return object;
  const field = currencyField(['OpportunityLineItem', 'OrderItem'].includes(object.name));
  return { ...object, fields: new Map([...object.fields, [field.name, field]]) };
}

function withRecordType(object: SObjectSchema): SObjectSchema {
  if (!takesRecordTypes(object)) return object;
  const field = recordTypeField();
  return { ...object, fields: new Map([...object.fields, [field.name, field]]) };
}
