import { requiredSet } from '../contract/model.js';
import type { Scope } from '../core/world.js';
import { today } from '../core/world.js';
import { storeNew } from '../rules/store-new.js';
import { catalogue } from './catalogue.js';
import { customerList } from './customer-list.js';
import { stableId } from './ids.js';
import { put } from './setup.js';

const SALESPEOPLE = ['EH', 'JO', 'LT'];
const TERMS = ['30 DAYS', '14 DAYS', '30 DAYS', 'CM'];
const PEOPLE = ['Anna Berg', 'Bas Vermeer', 'Clara Novak', 'David Osei', 'Eva Lindholm', 'Farid Haddad'];

/** The n-th of a short list, over and over. */
export const turn = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Customers, vendors, items and contacts. Made by the rules of the service, with ids that are the same at every start. */
export function seedMasterData(scope: Scope): void {
  seedItems(scope);
  seedVariants(scope);
  seedCustomers(scope);
  seedPeople(scope);
  seedOpportunities(scope);
  seedVendors(scope);
  seedResources(scope);
  put(scope, 'accountingPeriods', 'year', {
    startingDate: `${today(scope.world).slice(0, 4)}-01-01`,
    name: 'January',
    newFiscalYear: true
  });
}

function seedItems(scope: Scope): void {
  catalogue.forEach((item) => {
    storeNew(scope, requiredSet('items'), {
      id: stableId(scope.company, 'items', item.number),
      number: item.number,
      displayName: item.displayName,
      type: item.type,
      itemCategoryCode: item.category,
      baseUnitOfMeasureCode: item.unit,
      unitPrice: item.unitPrice,
      unitCost: item.unitCost,
      taxGroupCode: 'HIGH',
      ...(item.type === 'Service' ? { generalProductPostingGroupCode: 'SERVICES' } : {})
    });
  });
}

function seedCustomers(scope: Scope): void {
  customerList.forEach((customer, index) => {
    storeNew(scope, requiredSet('customers'), {
      ...customer,
      id: stableId(scope.company, 'customers', customer.displayName),
      type: 'Company',
      email: `purchasing@${customer.website.replace('https://www.', '')}`,
      salespersonCode: turn(SALESPEOPLE, index),
      paymentTermsId: stableId(scope.company, 'paymentTerms', turn(TERMS, index)),
      shipmentMethodId: stableId(scope.company, 'shipmentMethods', index % 3 === 0 ? 'EXW' : 'DDP'),
      creditLimit: 10_000 + (index % 8) * 5000
    });
  });
}

/** API v2.0 has no set for resources; the analytics API shows them. */
function seedResources(scope: Scope): void {
  for (const [number, displayName, unitCost, unitPrice] of [
    ['R0010', 'Consultant', 55, 110],
    ['R0020', 'Delivery van', 18, 40]
  ] as const) {
    scope.world.store.insert(scope.company, '$resources', {
      number,
      displayName,
      baseUnitOfMeasureCode: 'HOUR',
      unitCost,
      unitPrice
    });
  }
}

function seedVariants(scope: Scope): void {
  for (const code of ['BLACK', 'WHITE', 'OAK']) {
    storeNew(scope, requiredSet('itemVariants'), {
      itemNumber: '1060',
      code,
      description: `Desk, 120 cm, ${code.toLowerCase()}`
    });
  }
}

/** One or two people for every second customer. */
function seedPeople(scope: Scope): void {
  const companies = scope.world.store.where(scope.company, 'contacts', (values) => values['type'] === 'Company');
  companies
    .filter((_company, index) => index % 2 === 0)
    .forEach((company, index) => {
      const displayName = turn(PEOPLE, index);
      const domain = String(company.values['email']).split('@')[1] ?? 'cronus.example';
      storeNew(scope, requiredSet('contacts'), {
        id: stableId(scope.company, 'contacts', String(company.values['displayName'])),
        type: 'Person',
        displayName,
        jobTitle: index % 3 === 0 ? 'IT Manager' : 'Buyer',
        companyNumber: company.values['number'] ?? '',
        email: `${displayName.toLowerCase().replace(' ', '.')}@${domain}`,
        phoneNumber: company.values['phoneNumber'] ?? ''
      });
    });
}

/** A few deals the sellers of Business Central work on. */
function seedOpportunities(scope: Scope): void {
  const people = scope.world.store
    .where(scope.company, 'contacts', (values) => values['type'] === 'Person')
    .slice(0, 6);
  for (const [index, person] of people.entries()) {
    storeNew(scope, requiredSet('opportunities'), {
      id: stableId(scope.company, 'opportunities', String(index)),
      contactNumber: person.values['number'] ?? '',
      salespersonCode: turn(SALESPEOPLE, index),
      description: turn(['Office refit', 'Laptop renewal', 'Meeting rooms'], index)
    });
  }
}

// prettier-ignore
const VENDORS = [
  ['Northstar Electronics', 'Eindhoven', 'NL'], ['Fjord Displays', 'København', 'DK'],
  ['Rhein Netzwerk', 'Düsseldorf', 'DE'], ['Ardennes Meubel', 'Namur', 'BE']
] as const;

function seedVendors(scope: Scope): void {
  for (const [displayName, city, country] of VENDORS) {
    storeNew(scope, requiredSet('vendors'), {
      id: stableId(scope.company, 'vendors', displayName),
      displayName,
      city,
      country,
      paymentTermsId: stableId(scope.company, 'paymentTerms', '30 DAYS')
    });
  }
}
