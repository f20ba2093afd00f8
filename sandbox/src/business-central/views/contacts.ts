import { EMPTY_GUID, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import type { View, ViewRow } from './types.js';

/** The company contact that Marketing Setup made for a customer or vendor. */
function relatedTo(scope: Scope, company: Row): { id: string; type: string } {
  const customer = text(company.values, '$customerId');
  const vendor = text(company.values, '$vendorId');
  if (customer !== '' && customer !== EMPTY_GUID) return { id: customer, type: 'Customer' };
  return vendor !== '' && vendor !== EMPTY_GUID ? { id: vendor, type: 'Vendor' } : { id: EMPTY_GUID, type: '_x0020_' };
}

const companies = (scope: Scope): Map<string, Row> =>
  new Map(
    scope.world.store
      .where(scope.company, 'contacts', (values) => values['type'] === 'Company')
      .map((row) => [text(row.values, 'number'), row])
  );

/** Which contacts belong to which customer or vendor: the company contact, and the people of that company. */
export const contactsInformation: View = ({ scope }) => {
  const byNumber = companies(scope);
  return scope.world.store.all(scope.company, 'contacts').flatMap((contact): ViewRow[] => {
    const company = byNumber.get(text(contact.values, 'companyNumber'));
    const related = company && relatedTo(scope, company);
    if (!related || related.id === EMPTY_GUID) return [];
    const values = {
      contactId: contact.id,
      contactNumber: text(contact.values, 'number'),
      contactName: text(contact.values, 'displayName'),
      contactType: text(contact.values, 'type'),
      relatedId: related.id,
      relatedType: related.type
    };
    return [{ id: contact.id, version: contact.version, values }];
  });
};

/** People of customers, with their name taken apart. They are contacts; a change is written to the contact. */
export const customerContacts: View = ({ scope }) => {
  const byNumber = companies(scope);
  const people = scope.world.store.where(scope.company, 'contacts', (values) => values['type'] === 'Person');
  return people.flatMap((contact): ViewRow[] => {
    const company = byNumber.get(text(contact.values, 'companyNumber'));
    const related = company && relatedTo(scope, company);
    if (!company || related?.type !== 'Customer') return [];
    const [firstName = '', ...rest] = text(contact.values, 'displayName').split(' ');
    const values = {
      id: contact.id,
      email: text(contact.values, 'email'),
      firstName: firstName.slice(0, 30),
      lastName: rest.join(' ').slice(0, 30),
      professionalTitle: text(contact.values, 'jobTitle'),
      customerId: related.id,
      customerName: text(company.values, 'displayName'),
      primaryPhoneNumber: text(contact.values, 'phoneNumber')
    };
    return [{ id: contact.id, version: contact.version, values, stored: contact }];
  });
};
