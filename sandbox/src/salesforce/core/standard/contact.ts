import { leadSources } from './account.js';
import * as f from './fields.js';

export const salutations = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'];

/** First name, last name, salutation and the read-only compound name of people. */
export function personName(length = 121): ReturnType<typeof f.text>[] {
  return [
    f.picklist('Salutation', 'Salutation', salutations, { length: 40 }),
    f.text('FirstName', 'First Name', 40),
    f.text('LastName', 'Last Name', 80, { required: true }),
    f.text('Name', 'Full Name', length, { nillable: false, permissionable: false, ...f.readOnlyTraits })
  ];
}

/** Contact (Object Reference). */
export const contact = f.standardObject('Contact', '003', 'Contact', [
  f.lookup('AccountId', 'Account ID', 'Account', 'Contacts', { onDelete: 'Cascade' }),
  ...personName(),
  ...f.address('Mailing'),
  ...f.address('Other'),
  f.phone('Phone', 'Business Phone'),
  f.phone('Fax', 'Business Fax'),
  f.phone('MobilePhone', 'Mobile Phone'),
  f.phone('HomePhone', 'Home Phone'),
  f.phone('OtherPhone', 'Other Phone'),
  f.phone('AssistantPhone', 'Asst. Phone'),
  f.lookup('ReportsToId', 'Reports To ID', 'Contact', 'Reports'),
  f.email('Email', 'Email'),
  f.text('Title', 'Title', 128),
  f.text('Department', 'Department', 80),
  f.text('AssistantName', "Assistant's Name", 40),
  f.picklist('LeadSource', 'Lead Source', leadSources),
  f.date('Birthdate', 'Birthdate'),
  f.longText('Description', 'Contact Description', 32000),
  f.owner()
]);
