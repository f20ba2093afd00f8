import { requiredSet } from '../contract/model.js';
import type { Values } from '../core/values.js';
import { emptyRow } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp, today } from '../core/world.js';
import { stableId } from './ids.js';

type Table = readonly (readonly [code: string, displayName: string, more?: Values])[];

/** Setup tables every company has, by entity set. */
const TABLES: Readonly<Record<string, Table>> = {
  unitsOfMeasure: [
    ['PCS', 'Piece', { internationalStandardCode: 'EA' }],
    ['BOX', 'Box', { internationalStandardCode: 'BX' }],
    ['HOUR', 'Hour', { internationalStandardCode: 'HUR' }],
    ['DAY', 'Day', { internationalStandardCode: 'DAY' }],
    ['MONTH', 'Month', { internationalStandardCode: 'MON' }]
  ],
  currencies: [
    ['USD', 'US dollar', { symbol: '$', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }],
    ['GBP', 'Pound Sterling', { symbol: '£', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }],
    ['CHF', 'Swiss franc', { symbol: 'CHF', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }],
    ['DKK', 'Danish krone', { symbol: 'kr', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }],
    ['SEK', 'Swedish krona', { symbol: 'kr', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }],
    ['CAD', 'Canadian dollar', { symbol: 'C$', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }],
    ['AUD', 'Australian dollar', { symbol: 'A$', amountDecimalPlaces: '2:2', amountRoundingPrecision: 0.01 }]
  ],
  paymentTerms: [
    ['CM', 'Current Month', { dueDateCalculation: '30D' }],
    ['14 DAYS', 'Net 14 days', { dueDateCalculation: '14D' }],
    ['30 DAYS', 'Net 30 days', { dueDateCalculation: '30D' }],
    ['1M(8D)', '1 Month/2% 8 days', { dueDateCalculation: '1M', discountDateCalculation: '8D', discountPercent: 2 }]
  ],
  shipmentMethods: [
    ['DDP', 'Delivered Duty Paid'],
    ['EXW', 'Ex Works'],
    ['PICKUP', 'Pickup at Location']
  ],
  paymentMethods: [
    ['BANK', 'Bank Transfer'],
    ['CARD', 'Card payment']
  ],
  taxGroups: [
    ['HIGH', 'Standard rate'],
    ['ZERO', 'Zero rate']
  ],
  itemCategories: [
    ['COMPUTER', 'Computers'],
    ['DISPLAY', 'Displays'],
    ['NETWORK', 'Networking'],
    ['ACCESSORY', 'Accessories'],
    ['FURNITURE', 'Office furniture'],
    ['SERVICE', 'Services']
  ],
  salespeoplePurchasers: [
    [
      'EH',
      'Ester Henderson',
      { email: 'ester.henderson@cronus.example', phoneNo: '+31 20 555 0101', commisionPercent: 5 }
    ],
    ['JO', 'Jim Olive', { email: 'jim.olive@cronus.example', phoneNo: '+31 20 555 0102', commisionPercent: 5 }],
    ['LT', 'Lina Townsend', { email: 'lina.townsend@cronus.example', phoneNo: '+31 20 555 0103', commisionPercent: 7 }]
  ],
  countriesRegions: [
    'NL',
    'DE',
    'BE',
    'FR',
    'GB',
    'US',
    'CH',
    'DK',
    'SE',
    'FI',
    'IE',
    'ES',
    'IT',
    'PT',
    'CA',
    'AU'
  ].map((code) => [code, new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code] as const),
  customerPaymentJournals: [['GENERAL', 'Default Journal']],
  journals: [['DEFAULT', 'Default Journal', { templateDisplayName: 'GENERAL' }]]
};

/** Tables whose name field is called otherwise. */
const DESCRIBED: Readonly<Record<string, Table>> = {
  generalProductPostingGroups: [
    ['RETAIL', 'Retail'],
    ['SERVICES', 'Services']
  ],
  inventoryPostingGroups: [['RESALE', 'Resale items']]
};

/** Local currency units for 100 units of each foreign currency. */
const RATES: Readonly<Record<string, number>> = {
  USD: 92.5,
  GBP: 117.2,
  CHF: 104.1,
  DKK: 13.4,
  SEK: 8.8,
  CAD: 67.4,
  AUD: 60.9
};

/** Stores a row of the company's setup as it is, past the rules for writers. */
export function put(scope: Scope, set: string, code: string, values: Values): void {
  const id = stableId(scope.company, set, code);
  const row = { ...emptyRow(requiredSet(set)), ...values, id };
  const shown: Values = 'lastModifiedDateTime' in row ? { lastModifiedDateTime: stamp(scope.world) } : {};
  scope.world.store.insert(scope.company, set, { ...row, ...shown });
}

export function seedSetup(scope: Scope, name: string): void {
  for (const [set, rows] of Object.entries(TABLES)) {
    for (const [code, displayName, more] of rows) put(scope, set, code, { code, displayName, ...more });
  }
  for (const [set, rows] of Object.entries(DESCRIBED)) {
    for (const [code, description] of rows) put(scope, set, code, { code, description });
  }
  const year = today(scope.world).slice(0, 4);
  for (const [currencyCode, amount] of Object.entries(RATES)) {
    put(scope, 'currencyExchangeRates', currencyCode, {
      currencyCode,
      startingDate: `${year}-01-01`,
      exchangeRateAmount: 100,
      relationalExchangeRateAmount: amount
    });
  }
  put(scope, 'accounts', '8110', {
    number: '8110',
    displayName: 'Sales, freight',
    directPosting: true,
    category: 'Income'
  });
  put(scope, 'generalLedgerSetup', '', { localCurrencyCode: 'EUR', localCurrencySymbol: '€' });
  put(scope, 'companyInformation', '', {
    displayName: name,
    addressLine1: 'Keizersgracht 572',
    city: 'Amsterdam',
    country: 'NL',
    postalCode: '1017 EM',
    phoneNumber: '+31 20 555 0100',
    email: 'info@cronus.example',
    website: 'https://www.cronus.example',
    taxRegistrationNumber: 'NL000099998B57',
    currencyCode: 'EUR',
    currentFiscalYearStartDate: `${year}-01-01`,
    industry: 'Wholesale'
  });
  seedLocations(scope);
}

// prettier-ignore
const LOCATIONS = [
  ['MAIN', 'Main warehouse', 'Westhavenweg 60', 'Amsterdam', 'NL', '1042 AL'],
  ['EAST', 'East distribution centre', 'Industriestrasse 12', 'Duisburg', 'DE', '47119'],
  ['SOUTH', 'South distribution centre', 'Rue du Port 4', 'Antwerpen', 'BE', '2030'],
  ['SHOW', 'Showroom', 'Zuidplein 36', 'Amsterdam', 'NL', '1077 XV']
] as const;

function seedLocations(scope: Scope): void {
  for (const [code, displayName, addressLine1, city, country, postalCode] of LOCATIONS) {
    put(scope, 'locations', code, { code, displayName, addressLine1, city, country, postalCode });
  }
}
