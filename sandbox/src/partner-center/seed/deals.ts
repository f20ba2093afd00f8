import type { IncomingReferral } from '../microsoft/send.js';
import type { HELP_CODES } from '../referrals/resource.js';

/** A deal that existed before; days count back from the start of the sandbox. */
export interface SeedDeal {
  name: string;
  externalReferenceId?: string;
  createdDaysAgo: number;
  closesAfterDays: number;
  value: number;
  currency: string;
  notes: string;
  solutionId: string;
  customer: { name: string; size: string; address: Record<string, string> };
  contact: { firstName: string; lastName: string; phoneNumber: string; email: string };
  partnerLed?: boolean;
  microsoft?: { help: (typeof HELP_CODES)[number]; answeredDaysAgo?: number; declined?: string };
  closed?: { daysAgo: number; as: 'Won' | 'Lost' | 'Error'; reason: string };
}

export const seedDeals: readonly SeedDeal[] = [
  {
    name: 'Cold chain for fresh produce',
    externalReferenceId: 'CRM-20117',
    createdDaysAgo: 94,
    closesAfterDays: 70,
    value: 184_000,
    currency: 'EUR',
    notes: 'Twelve distribution centres, sensors on every dock.',
    solutionId: 'SOL-23350-MZR',
    customer: {
      name: 'Northwind Traders',
      size: '1001to5000employees',
      address: { addressLine1: 'Keizersgracht 301', city: 'Amsterdam', postalCode: '1016 EE', country: 'NL' }
    },
    contact: {
      firstName: 'Femke',
      lastName: 'de Wit',
      phoneNumber: '+31 20 555 0140',
      email: 'femke@northwind.example'
    },
    microsoft: { help: 'CustomerTechnicalArchitecture', answeredDaysAgo: 90 },
    closed: { daysAgo: 21, as: 'Won', reason: 'Signed for three years.' }
  },
  {
    name: 'Shelf analytics pilot',
    externalReferenceId: 'CRM-20154',
    createdDaysAgo: 76,
    closesAfterDays: 45,
    value: 38_500,
    currency: 'USD',
    notes: 'Pilot in four stores.',
    solutionId: 'SOL-17766-BDF',
    customer: {
      name: 'Lucerne Publishing',
      size: '51to250employees',
      address: { addressLine1: '12 Harbour Street', city: 'Boston', state: 'MA', postalCode: '02110', country: 'US' }
    },
    contact: { firstName: 'Dana', lastName: 'Birkby', phoneNumber: '+1 617 555 0128', email: 'dana@lucerne.example' },
    microsoft: { help: 'ProofOfConceptOrDemo', answeredDaysAgo: 70 },
    closed: { daysAgo: 33, as: 'Lost', reason: 'Customer chose another vendor.' }
  },
  {
    name: 'Landing zone for the new bank core',
    createdDaysAgo: 40,
    closesAfterDays: 120,
    value: 265_000,
    currency: 'EUR',
    notes: 'Security review with the customer in three weeks.',
    solutionId: 'SOL-15204-HJK',
    customer: {
      name: 'Woodgrove Bank',
      size: 'Morethan20000employees',
      address: { addressLine1: 'Mainzer Landstrasse 20', city: 'Frankfurt', postalCode: '60325', country: 'DE' }
    },
    contact: {
      firstName: 'Jonas',
      lastName: 'Weber',
      phoneNumber: '+49 69 555 0171',
      email: 'jonas@woodgrove.example'
    },
    microsoft: { help: 'WorkloadSpecificValueProposition', answeredDaysAgo: 36 }
  },
  {
    name: 'Document intake for claims',
    createdDaysAgo: 27,
    closesAfterDays: 60,
    value: 18_900,
    currency: 'GBP',
    notes: 'Small first phase, framework to follow.',
    solutionId: 'SOL-21675-CEL',
    customer: {
      name: 'Humongous Insurance',
      size: '5001to10000employees',
      address: { addressLine1: '4 Leadenhall Place', city: 'London', postalCode: 'EC3V 1LR', country: 'GB' }
    },
    contact: { firstName: 'Amir', lastName: 'Khan', phoneNumber: '+44 20 5550 0164', email: 'amir@humongous.example' },
    microsoft: { help: 'QuotesOrLicensing', answeredDaysAgo: 22, declined: 'Timeline too short' }
  },
  {
    name: 'Energy dashboard for campus',
    createdDaysAgo: 15,
    closesAfterDays: 90,
    value: 52_000,
    currency: 'EUR',
    notes: 'Partner-led: sellers may see it, no help needed.',
    solutionId: 'SOL-18093-NPW',
    customer: {
      name: 'School of Fine Art',
      size: '251to1000employees',
      address: { addressLine1: 'Via Roma 8', city: 'Turin', postalCode: '10121', country: 'IT' }
    },
    contact: {
      firstName: 'Giulia',
      lastName: 'Ferri',
      phoneNumber: '+39 011 555 012',
      email: 'giulia@fineart.example'
    },
    partnerLed: true
  },
  {
    name: 'Forecasting for spare parts',
    createdDaysAgo: 9,
    closesAfterDays: 100,
    value: 74_250,
    currency: 'CHF',
    notes: 'Private until the board has decided.',
    solutionId: 'SOL-10482-KLM',
    customer: {
      name: 'Alpine Ski House',
      size: '51to250employees',
      address: { addressLine1: 'Bahnhofstrasse 5', city: 'Chur', postalCode: '7000', country: 'CH' }
    },
    contact: { firstName: 'Reto', lastName: 'Caduff', phoneNumber: '+41 81 555 01 33', email: 'reto@alpineski.example' }
  },
  {
    name: 'Robot telemetry rollout',
    createdDaysAgo: 3,
    closesAfterDays: 150,
    value: 412_000,
    currency: 'EUR',
    notes: 'Waiting for a Microsoft seller.',
    solutionId: 'SOL-20418-GHT',
    customer: {
      name: 'Wide World Importers',
      size: '1001to5000employees',
      address: { addressLine1: 'Havenlaan 86', city: 'Brussels', postalCode: '1000', country: 'BE' }
    },
    contact: { firstName: 'Elise', lastName: 'Maes', phoneNumber: '+32 2 555 01 90', email: 'elise@wideworld.example' },
    microsoft: { help: 'GeneralOrOther' }
  }
];

/** What Microsoft sent and nobody answered yet. */
export interface SeedRequest {
  daysAgo: number;
  closesAfterDays: number;
  referral: Omit<IncomingReferral, 'closingDateTime'>;
}

const lead: SeedRequest = {
  daysAgo: 2,
  closesAfterDays: 75,
  referral: {
    kind: 'lead',
    name: 'Contact centre modernisation',
    customerName: 'Fourth Coffee',
    addressLine1: '25 Rue du Commerce',
    city: 'Lyon',
    postalCode: '69002',
    country: 'FR',
    dealValue: 46_000,
    currency: 'EUR',
    notes: 'Asked for a partner with contact centre experience.',
    contact: {
      firstName: 'Claire',
      lastName: 'Moreau',
      email: 'claire@fourthcoffee.example',
      phoneNumber: '+33 4 55 50 01 21'
    },
    solutionId: '3f6c1a52-8d0e-4b7a-9c41-5e2d7f90b6a3'
  }
};

const deal: SeedRequest = {
  daysAgo: 1,
  closesAfterDays: 110,
  referral: {
    kind: 'cosell',
    name: 'Predictive maintenance for trams',
    // As the org writes it, so that the deal goes to the account that is there.
    customerName: 'City Power & Light',
    addressLine1: 'Königstraße 27',
    city: 'Stuttgart',
    postalCode: '70173',
    country: 'DE',
    dealValue: 128_000,
    currency: 'EUR',
    notes: 'The customer asked for a partner with experience in IoT.',
    contact: {
      firstName: 'Lukas',
      lastName: 'Brandt',
      email: 'lukas@citypower.example',
      phoneNumber: '+49 711 555 0177'
    },
    solutionId: 'SOL-20418-GHT'
  }
};

/** A lead and a deal, so that both ways of taking in are there from the start. */
export const seedRequests: readonly SeedRequest[] = [lead, deal];
