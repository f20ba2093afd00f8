const addressParts = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude'];
const address = (prefix: string): [string, string][] => addressParts.map((part) => [part, `${prefix}${part}`]);
const same = (...names: string[]): [string, string][] => names.map((name) => [name, name]);

/** Which field of a lead goes where (Salesforce Help, Lead Conversion Field Mapping). */
export const leadFields: Readonly<Record<'Account' | 'Contact', readonly [from: string, to: string][]>> = {
  Account: [
    ['Company', 'Name'],
    ['LeadSource', 'AccountSource'],
    ...same('AnnualRevenue', 'Fax', 'Industry', 'NumberOfEmployees', 'Phone', 'Rating', 'Website'),
    ...address('Billing')
  ],
  Contact: [
    ...same('Salutation', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'MobilePhone', 'Fax'),
    ...same('LeadSource', 'Description'),
    ...address('Mailing')
  ]
};
