import * as f from './fields.js';

const industries = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
  'Other'
];

const types = [
  'Prospect',
  'Customer - Direct',
  'Customer - Channel',
  'Channel Partner / Reseller',
  'Installation Partner'
];

export const leadSources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
export const industryValues = industries;
export const ratings = ['Hot', 'Warm', 'Cold'];

/** Account (Object Reference). */
export const account = f.standardObject('Account', '001', 'Account', [
  f.text('Name', 'Account Name', 255, { required: true }),
  f.picklist('Type', 'Account Type', [...types, 'Technology Partner', 'Other']),
  f.lookup('ParentId', 'Parent Account ID', 'Account', 'ChildAccounts'),
  ...f.address('Billing'),
  ...f.address('Shipping'),
  f.phone('Phone', 'Account Phone'),
  f.phone('Fax', 'Account Fax'),
  f.text('AccountNumber', 'Account Number', 40),
  f.url('Website', 'Website'),
  f.text('Sic', 'SIC Code', 20),
  f.text('SicDesc', 'SIC Description', 80),
  f.picklist('Industry', 'Industry', industries),
  f.currency('AnnualRevenue', 'Annual Revenue', { scale: 0 }),
  f.integer('NumberOfEmployees', 'Employees'),
  f.picklist('Ownership', 'Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
  f.text('TickerSymbol', 'Ticker Symbol', 20),
  f.longText('Description', 'Account Description', 32000),
  f.picklist('Rating', 'Account Rating', ratings),
  f.text('Site', 'Account Site', 80),
  f.picklist('AccountSource', 'Account Source', leadSources),
  f.owner()
]);
