import * as f from './fields.js';

const setup = { setupObject: true } as const;

/** Organization (Object Reference): one row. */
export const organization = f.standardObject(
  'Organization',
  '00D',
  'Organization',
  [
    f.text('Name', 'Name', 80, { required: true }),
    ...f.address('', 'Address'),
    f.phone('Phone', 'Phone'),
    f.text('PrimaryContact', 'Primary Contact', 80),
    f.text('DefaultLocaleSidKey', 'Locale', 40),
    f.text('TimeZoneSidKey', 'Time Zone', 40),
    f.text('LanguageLocaleKey', 'Language', 40),
    f.text('InstanceName', 'Instance Name', 5),
    f.text('NamespacePrefix', 'Namespace Prefix', 15),
    f.text('OrganizationType', 'Edition', 40),
    f.checkbox('IsSandbox', 'Is Sandbox'),
    f.checkbox('IsReadOnly', 'Is Read Only'),
    f.datetime('TrialExpirationDate', 'Trial Expiration Date'),
    f.integer('FiscalYearStartMonth', 'Fiscal Year Starts In'),
    f.text('DefaultCurrencyIsoCode', 'Default Currency ISO Code', 255)
  ],
  { ...setup, createable: false, deletable: false }
);

/** Profile (Object Reference). */
export const profile = f.standardObject(
  'Profile',
  '00e',
  'Profile',
  [
    f.text('Name', 'Name', 255, { required: true }),
    f.text('UserType', 'User Type', 40),
    f.text('Description', 'Description', 255)
  ],
  { ...setup, createable: false, updateable: false, deletable: false }
);

/** User (Object Reference). */
export const user = f.standardObject(
  'User',
  '005',
  'User',
  [
    f.text('Username', 'Username', 80, { required: true, unique: true }),
    f.text('LastName', 'Last Name', 80, { required: true }),
    f.text('FirstName', 'First Name', 40),
    f.text('Name', 'Full Name', 121, { permissionable: false, ...f.readOnlyTraits }),
    f.text('CompanyName', 'Company Name', 80),
    f.text('Department', 'Department', 80),
    f.text('Title', 'Title', 80),
    ...f.address('', 'Address'),
    f.email('Email', 'Email', { length: 128, required: true }),
    f.phone('Phone', 'Phone'),
    f.phone('MobilePhone', 'Mobile'),
    f.text('Alias', 'Alias', 8, { required: true }),
    f.text('CommunityNickname', 'Nickname', 40),
    f.checkbox('IsActive', 'Active', { defaultValue: true }),
    f.text('TimeZoneSidKey', 'Time Zone', 40, { required: true }),
    f.text('LocaleSidKey', 'Locale', 40, { required: true }),
    f.text('EmailEncodingKey', 'Email Encoding', 40, { required: true }),
    f.text('LanguageLocaleKey', 'Language', 40, { required: true }),
    f.lookup('ProfileId', 'Profile ID', 'Profile', 'Users', { required: true, onDelete: 'Restrict' }),
    f.text('UserType', 'User Type', 40, { permissionable: false, ...f.readOnlyTraits }),
    f.lookup('ManagerId', 'Manager ID', 'User', 'ManagedUsers'),
    f.text('FederationIdentifier', 'SAML Federation ID', 512),
    f.text('SmallPhotoUrl', 'Url for Thumbnail sized Photo', 1024, f.readOnlyTraits)
  ],
  { ...setup, deletable: false }
);

/** PermissionSet (Object Reference); the rows of deployed permission sets are written by the deploy. */
export const permissionSet = f.standardObject(
  'PermissionSet',
  '0PS',
  'Permission Set',
  [
    f.text('Name', 'Permission Set Name', 80, { required: true, unique: true }),
    f.text('Label', 'Permission Set Label', 80, { required: true }),
    f.longText('Description', 'Description', 255),
    f.checkbox('IsOwnedByProfile', 'Is Owned By Profile', f.readOnlyTraits),
    f.lookup('ProfileId', 'Profile ID', 'Profile', undefined, f.readOnlyTraits),
    f.checkbox('IsCustom', 'Is Custom', { defaultValue: true, ...f.readOnlyTraits }),
    f.text('NamespacePrefix', 'Namespace Prefix', 15, f.readOnlyTraits)
  ],
  { ...setup, nameField: 'Label' }
);

/** PermissionSetAssignment (Object Reference). */
export const permissionSetAssignment = f.standardObject(
  'PermissionSetAssignment',
  '0Pa',
  'Permission Set Assignment',
  [
    f.lookup('PermissionSetId', 'PermissionSet ID', 'PermissionSet', 'Assignments', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.lookup('AssigneeId', 'Assignee ID', 'User', 'PermissionSetAssignments', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.checkbox('IsActive', 'Is Active', { defaultValue: true, ...f.readOnlyTraits })
  ],
  { ...setup, nameField: 'Id', updateable: false }
);

/** RecordType (Object Reference). */
export const recordType = f.standardObject(
  'RecordType',
  '012',
  'Record Type',
  [
    f.text('Name', 'Name', 80, { required: true }),
    f.text('DeveloperName', 'Record Type Name', 80, { required: true }),
    f.text('SobjectType', 'SObject Type Name', 40, { required: true }),
    f.text('NamespacePrefix', 'Namespace Prefix', 15),
    f.longText('Description', 'Description', 255),
    f.checkbox('IsActive', 'Active')
  ],
  { ...setup, deletable: false }
);

/** CurrencyType (Object Reference): exists in an org with several currencies. */
export const currencyType = f.standardObject(
  'CurrencyType',
  '01L',
  'Currency Type',
  [
    f.text('IsoCode', 'Currency ISO Code', 3, { required: true, unique: true }),
    f.double('ConversionRate', 'Conversion Rate', 18, 6, { required: true }),
    f.integer('DecimalPlaces', 'Decimal Places', { required: true }),
    f.checkbox('IsActive', 'Active'),
    f.checkbox('IsCorporate', 'Is Corporate Currency', f.readOnlyTraits)
  ],
  { ...setup, nameField: 'IsoCode', deletable: false }
);

/** PlatformEventChannelMember (Tooling API): which entities change events are told for. Rows follow the deployed components. */
export const platformEventChannelMember = f.standardObject(
  'PlatformEventChannelMember',
  '0v8',
  'Platform Event Channel Member',
  [
    f.text('DeveloperName', 'Developer Name', 80),
    f.text('EventChannel', 'Event Channel', 120),
    f.text('SelectedEntity', 'Selected Entity', 120),
    f.longText('FilterExpression', 'Filter Expression', 1300)
  ],
  { ...setup, nameField: 'DeveloperName', createable: false, updateable: false, deletable: false }
);
