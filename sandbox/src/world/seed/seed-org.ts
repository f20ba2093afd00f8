import { record, type SalesforceClient, type SeedRecord } from '../salesforce-client.js';
import { accounts, phoneNumber } from './accounts.js';
import { opportunities, type SeedOpportunity } from './opportunities.js';
import { contactFor } from './people.js';
import { customerNumber, seedProducts } from './products.js';

/** An entry of the solution catalogue as Partner Center knows it. */
export interface CatalogueSolution {
  id: string;
  name: string;
  type: string;
  publisherName: string;
}

export interface SeedSummary {
  accounts: number;
  contacts: number;
  opportunities: number;
  solutions: number;
}

const contactsPerAccount = 2;
const rates: readonly [code: string, rate: number][] = [
  ['USD', 1.09],
  ['GBP', 0.85],
  ['CHF', 0.95],
  ['DKK', 7.46],
  ['SEK', 11.3],
  ['CAD', 1.5],
  ['AUD', 1.65]
];

const dateAfter = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

const seedCurrencies = async (client: SalesforceClient): Promise<void> => {
  const present = await client.query<{ IsoCode: string }>('SELECT IsoCode FROM CurrencyType');
  const missing = rates.filter(([code]) => !present.some((row) => row.IsoCode === code));
  if (missing.length === 0) return;
  await client.insert(
    missing.map(([IsoCode, ConversionRate]) =>
      record('CurrencyType', { IsoCode, ConversionRate, DecimalPlaces: 2, IsActive: true })
    )
  );
};

const seedCatalogue = (client: SalesforceClient, catalogue: readonly CatalogueSolution[]): Promise<string[]> =>
  client.insert(
    catalogue.map((solution) =>
      record('Microsoft_Solution__c', {
        Name: solution.name,
        Solution_Identifier__c: solution.id,
        Type__c: solution.type,
        Publisher_Name__c: solution.publisherName,
        Active__c: true
      })
    )
  );

const seedAccounts = (client: SalesforceClient, owners: readonly string[]): Promise<string[]> =>
  client.insert(
    accounts.map((account, index) =>
      record('Account', {
        Name: account.name,
        AccountNumber: customerNumber(index),
        Industry: account.industry,
        NumberOfEmployees: account.employees,
        BillingStreet: account.street,
        BillingCity: account.city,
        BillingState: account.state,
        BillingPostalCode: account.postalCode,
        BillingCountry: account.country,
        CurrencyIsoCode: account.currency,
        Website: account.website,
        Phone: account.phone,
        OwnerId: owners[index % owners.length]
      })
    )
  );

const seedContacts = (client: SalesforceClient, accountIds: readonly string[]): Promise<string[]> =>
  client.insert(
    accounts.flatMap((account, index) =>
      Array.from({ length: contactsPerAccount }, (_, nth) => {
        const phone = phoneNumber(account.country, index * contactsPerAccount + nth + 40);
        const contact = contactFor(index, nth, account.website.replace('https://www.', ''), phone);
        return record('Contact', {
          AccountId: accountIds[index],
          FirstName: contact.firstName,
          LastName: contact.lastName,
          Title: contact.title,
          Email: contact.email,
          Phone: contact.phone,
          CurrencyIsoCode: account.currency
        });
      })
    )
  );

const opportunityRecord = (
  seed: SeedOpportunity,
  accountIds: readonly string[],
  owners: readonly string[],
  now: Date
): SeedRecord =>
  record('Opportunity', {
    AccountId: accountIds[seed.accountIndex],
    Name: seed.name,
    StageName: seed.stage,
    Amount: seed.amount,
    CurrencyIsoCode: seed.currency,
    CloseDate: dateAfter(now, seed.closesInDays),
    NextStep: seed.nextStep === '' ? null : seed.nextStep,
    Description: seed.description,
    OwnerId: owners[seed.ownerIndex]
  });

const childrenOf = (
  seed: SeedOpportunity,
  opportunityId: string,
  ids: { contacts: readonly string[]; solutions: readonly string[]; owners: readonly string[] }
): SeedRecord[] => {
  const children: SeedRecord[] = [];
  if (seed.readiness === 'complete' || seed.readiness === 'noSolution') {
    children.push(
      record('OpportunityContactRole', {
        OpportunityId: opportunityId,
        ContactId: ids.contacts[seed.accountIndex * contactsPerAccount],
        Role: 'Decision Maker',
        IsPrimary: true
      })
    );
  }
  if (seed.readiness === 'complete' && seed.solutionIndex % 2 === 1) {
    children.push(
      record('Opportunity_Microsoft_Solution__c', {
        Opportunity__c: opportunityId,
        Microsoft_Solution__c: ids.solutions[seed.solutionIndex % ids.solutions.length]
      })
    );
  }
  if (seed.solutionIndex % 3 === 0) {
    const colleague = ids.owners[(seed.ownerIndex + 1) % ids.owners.length];
    children.push(
      record('OpportunityTeamMember', {
        OpportunityId: opportunityId,
        UserId: colleague,
        TeamMemberRole: 'Sales Rep',
        OpportunityAccessLevel: 'Edit'
      })
    );
  }
  return children;
};

/** Fills an empty org: currencies, catalogue, accounts, contacts, opportunities and what hangs on them. */
export const seedOrg = async (
  client: SalesforceClient,
  input: { catalogue: readonly CatalogueSolution[]; owners: readonly string[]; now: Date }
): Promise<SeedSummary> => {
  const { catalogue, owners, now } = input;
  await seedCurrencies(client);
  const solutions = await seedCatalogue(client, catalogue);
  const accountIds = await seedAccounts(client, owners);
  const contacts = await seedContacts(client, accountIds);
  const opportunityIds = await client.insert(
    opportunities.map((seed) => opportunityRecord(seed, accountIds, owners, now))
  );
  const children = opportunities.flatMap((seed, index) =>
    childrenOf(seed, opportunityIds[index] ?? '', { contacts, solutions, owners })
  );
  const byType = (type: string): SeedRecord[] => children.filter((child) => child.attributes.type === type);
  for (const type of ['OpportunityContactRole', 'Opportunity_Microsoft_Solution__c', 'OpportunityTeamMember']) {
    await client.insert(byType(type));
  }
  await seedProducts(client, opportunityIds);
  return {
    accounts: accountIds.length,
    contacts: contacts.length,
    opportunities: opportunityIds.length,
    solutions: solutions.length
  };
};
