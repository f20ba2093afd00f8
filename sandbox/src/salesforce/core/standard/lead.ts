import { industryValues, leadSources, ratings } from './account.js';
import { personName } from './contact.js';
import * as f from './fields.js';

export const leadStatuses: readonly string[] = [
  'Open - Not Contacted',
  'Working - Contacted',
  'Closed - Converted',
  'Closed - Not Converted'
];
/** The status that means converted; conversion sets it. */
export const convertedStatus = 'Closed - Converted';

const converted = { permissionable: false, ...f.readOnlyTraits };

/** Lead (Object Reference). */
export const lead = f.standardObject('Lead', '00Q', 'Lead', [
  ...personName(),
  f.text('Title', 'Title', 128),
  f.text('Company', 'Company', 255, { required: true }),
  ...f.address('', 'Address'),
  f.phone('Phone', 'Phone'),
  f.phone('MobilePhone', 'Mobile Phone'),
  f.phone('Fax', 'Fax'),
  f.email('Email', 'Email'),
  f.url('Website', 'Website'),
  f.longText('Description', 'Description', 32000),
  f.picklist('LeadSource', 'Lead Source', leadSources),
  f.picklist('Status', 'Status', leadStatuses, { required: true, initial: 'Open - Not Contacted' }),
  f.picklist('Industry', 'Industry', industryValues),
  f.picklist('Rating', 'Rating', ratings),
  f.currency('AnnualRevenue', 'Annual Revenue', { scale: 0 }),
  f.integer('NumberOfEmployees', 'Employees'),
  f.checkbox('IsConverted', 'Converted', converted),
  f.date('ConvertedDate', 'Converted Date', converted),
  f.lookup('ConvertedAccountId', 'Converted Account ID', 'Account', undefined, converted),
  f.lookup('ConvertedContactId', 'Converted Contact ID', 'Contact', undefined, converted),
  f.lookup('ConvertedOpportunityId', 'Converted Opportunity ID', 'Opportunity', undefined, converted),
  f.owner()
]);

/** Note (Object Reference). */
export const note = f.standardObject(
  'Note',
  '002',
  'Note',
  [
    f.lookup('ParentId', 'Parent ID', 'Opportunity', 'Notes', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.text('Title', 'Title', 80, { required: true }),
    f.checkbox('IsPrivate', 'Private'),
    f.longText('Body', 'Body', 32000),
    f.owner()
  ],
  { nameField: 'Title' }
);
