import { requiredSet } from '../contract/model.js';
import { dialog, unrelated } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { emptyRow, text } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import { numbered } from './numbered.js';
import { nextNumber } from './number-series.js';
import type { Draft, SetRules } from './types.js';

export const contactRules: SetRules = {
  insert(draft) {
    if (text(draft.given, 'displayName').trim() === '') throw dialog('A "displayName" must be provided.');
    numbered(draft, 'contacts');
    followCompany(draft);
    if (text(draft.values, 'type') === 'Company') draft.values['companyNumber'] = text(draft.values, 'number');
    if (text(draft.values, 'searchName') === '')
      draft.values['searchName'] = text(draft.values, 'displayName').toUpperCase();
    draft.values['contactBusinessRelation'] = relationOf(draft);
  },
  update(draft) {
    if ('displayName' in draft.given && text(draft.given, 'displayName').trim() === '') {
      throw dialog('A "displayName" must be provided.');
    }
    followCompany(draft);
  },
  after(scope, row, kind) {
    if (kind === 'update' && text(row.values, 'type') === 'Company') renameCompany(scope, row);
  }
};

/** `companyName` follows `companyNumber`. */
function followCompany({ scope, values, given }: Draft): void {
  if (!('companyNumber' in given)) return;
  const number = text(given, 'companyNumber');
  const company = companyBy(scope, number);
  if (!company && number !== '') throw unrelated('Company No.', 'Contact', number, 'Contact');
  values['companyName'] = company ? text(company.values, 'displayName') : '';
}

const companyBy = (scope: Scope, number: string): Row | undefined =>
  number === ''
    ? undefined
    : scope.world.store.find(
        scope.company,
        'contacts',
        (values) => values['number'] === number && values['type'] === 'Company'
      );

/** A person takes the business relation of the company it belongs to. */
function relationOf({ scope, values }: Draft): string {
  const company = companyBy(scope, text(values, 'companyNumber'));
  return company ? text(company.values, 'contactBusinessRelation') : 'None';
}

function renameCompany(scope: Scope, company: Row): void {
  const { store } = scope.world;
  const name = text(company.values, 'displayName');
  const people = store.where(
    scope.company,
    'contacts',
    (values) =>
      values['companyNumber'] === company.values['number'] &&
      values['type'] === 'Person' &&
      values['companyName'] !== name
  );
  for (const person of people) store.update(person, { ...person.values, companyName: name });
}

/** Stores a contact that another rule makes. */
export function storeContact(scope: Scope, values: Values): Row {
  const number = nextNumber(scope, 'contacts');
  const company: Values =
    values['type'] === 'Company' ? { companyNumber: number, companyName: text(values, 'displayName') } : {};
  const searchName = text(values, 'displayName').toUpperCase();
  return scope.world.store.insert(scope.company, 'contacts', {
    ...emptyRow(requiredSet('contacts')),
    ...company,
    ...values,
    number,
    searchName
  });
}

/** A customer's contact is a contact; its fields have other names there. */
export const customerContactRules: SetRules = {
  update({ values, given, before, scope }) {
    const [first = '', ...rest] = text(before?.values ?? {}, 'displayName').split(' ');
    const firstName = 'firstName' in given ? text(given, 'firstName') : first;
    const lastName = 'lastName' in given ? text(given, 'lastName') : rest.join(' ');
    for (const name of Object.keys(given)) if (name !== 'email') delete values[name];
    values['displayName'] = `${firstName} ${lastName}`.trim();
    if ('professionalTitle' in given) values['jobTitle'] = text(given, 'professionalTitle');
    if ('primaryPhoneNumber' in given) values['phoneNumber'] = text(given, 'primaryPhoneNumber');
    values['lastModifiedDateTime'] = stamp(scope.world);
  }
};
