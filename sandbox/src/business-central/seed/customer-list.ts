import { accounts, phoneNumber } from '../../world/seed/accounts.js';

export interface SeedCustomer {
  readonly displayName: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly currencyCode: string;
  readonly website: string;
  readonly phoneNumber: string;
}

const COUNTRY_CODES: Readonly<Record<string, string>> = { Germany: 'DE', France: 'FR' };

/** Customers the Salesforce stand-in knows as accounts; every fifth account is no customer yet. */
const shared: readonly SeedCustomer[] = accounts
  .filter((_account, index) => index % 5 !== 4)
  .map((account) => ({
    displayName: account.name,
    addressLine1: account.street,
    city: account.city,
    state: account.state ?? '',
    postalCode: account.postalCode,
    country: COUNTRY_CODES[account.country] ?? account.country,
    currencyCode: account.currency,
    website: account.website,
    phoneNumber: account.phone
  }));

type Place = readonly [city: string, postalCode: string, country: string, currency: string, street: string];

// prettier-ignore
const PLACES: readonly Place[] = [
  ['Rotterdam', '3011 AB', 'NL', 'EUR', 'Coolsingel'], ['Den Haag', '2511 CV', 'NL', 'EUR', 'Spuistraat'],
  ['Groningen', '9711 LM', 'NL', 'EUR', 'Herestraat'], ['Gent', '9000', 'BE', 'EUR', 'Veldstraat'],
  ['Köln', '50667', 'DE', 'EUR', 'Hohe Straße'], ['Leeds', 'LS1 4DT', 'GB', 'GBP', 'Wellington Street']
];

// prettier-ignore
const NAMES = [
  'Baldwin Museum of Science', 'Boulder Innovations', 'Contoso Pharmaceuticals', 'Datum Dental', 'Elk Mountain Outfitters',
  'Fabrikam Fibres', 'Great Lakes Foods', 'Harbour Logistics', 'Island Instruments', 'Juniper Print', 'Kestrel Aviation',
  'Lakeside Clinics', 'Meridian Optics', 'Nod Publishers', 'Oakridge Schools', 'Parnell Aerospace', 'Quarry Stone Works',
  'Riverbend Energy', 'Summit Tools', 'Terra Firma Surveyors', 'Umbra Lighting', 'Vale Textiles', 'Westbrook Housing',
  'Yellow Barn Dairy', 'Zenith Robotics', 'Amber Ceramics', 'Blue Canal Boats', 'Cedar Joinery', 'Delta Pumps',
  'Evergreen Nurseries', 'Falcon Couriers', 'Granite Capital', 'Hillside Hotels', 'Indigo Paints', 'Jade Interiors',
  'Keystone Metals'
];

const own: readonly SeedCustomer[] = NAMES.map((displayName, index) => {
  const [city, postalCode, country, currencyCode, street] = PLACES[index % PLACES.length] ?? (PLACES[0] as Place);
  return {
    displayName,
    addressLine1: `${street} ${index * 3 + 5}`,
    city,
    state: '',
    postalCode,
    country,
    currencyCode,
    website: `https://www.${displayName.toLowerCase().replace(/[^a-z]/g, '')}.example`,
    phoneNumber: phoneNumber(country, index + 40)
  };
});

/** 60 customers. */
export const customerList: readonly SeedCustomer[] = [...shared, ...own];
