import type { Row, Session } from './contract.js';
import { storedInstant } from './org-clock.js';
import { profiles } from './profiles.js';
import type { Engine } from './save/engine.js';
import { newRow } from './save/defaults.js';
import { insertRow } from './save/rows.js';
import { currencies } from './standard/index.js';
import { forecastCategoryNames, stages } from './standard/opportunity.js';

export interface OrgSetup {
  name: string;
  /** The user a new org begins with: a System Administrator. */
  admin: { username: string; firstName: string; lastName: string };
}

export const defaultSetup: OrgSetup = {
  name: 'Cosell Sandbox',
  admin: { username: 'ada.admin@cosell.example', firstName: 'Ada', lastName: 'Admin' }
};

/** Rows that every org has from its first day. Does nothing in an org that has them. */
export function seedOrg(engine: Engine, setup: OrgSetup): void {
  if (engine.database.first(`SELECT 1 FROM "Organization"`) !== undefined) return;
  engine.database.transaction(() => {
    const adminId = engine.newId('005');
    const session: Session = { userId: adminId, username: setup.admin.username, admin: true, clientId: '' };
    const insert = (object: string, values: Row, id?: string): string =>
      insertSeed(engine, session, object, values, id);
    insert('Organization', organizationRow(setup, storedInstant(engine.clock.now())));
    const profileIds = new Map(
      profiles.map(({ name }) => [name, insert('Profile', { Name: name, UserType: 'Standard' })])
    );
    insert('User', userRow(setup.admin, profileIds.get('System Administrator') ?? ''), adminId);
    insert('Pricebook2', { Name: 'Standard Price Book', IsActive: true, IsStandard: true });
    stages.forEach(([name, probability, category, closed, won], index) =>
      insert('OpportunityStage', {
        MasterLabel: name,
        ApiName: name,
        IsActive: true,
        SortOrder: index + 1,
        IsClosed: closed,
        IsWon: won,
        ForecastCategory: category,
        ForecastCategoryName: forecastCategoryNames[category] ?? null,
        DefaultProbability: probability
      })
    );
    if (engine.multiCurrency) {
      currencies.forEach(([code, rate], index) =>
        insert('CurrencyType', {
          IsoCode: code,
          ConversionRate: rate,
          DecimalPlaces: code === 'JPY' ? 0 : 2,
          IsActive: true,
          IsCorporate: index === 0
        })
      );
    }
  });
  engine.access.invalidate();
}

export function insertSeed(engine: Engine, session: Session, name: string, values: Row, id?: string): string {
  const object = engine.schema.object(name);
  if (object === undefined) throw new Error(`The object ${name} is missing from the standard objects.`);
  const given = new Set(Object.keys(values));
  const row = newRow({ engine, session, object, given }, id ?? engine.newId(object.keyPrefix), values);
  insertRow(engine.database, object, row);
  return String(row['Id']);
}

function organizationRow(setup: OrgSetup, now: string): Row {
  return {
    Name: setup.name,
    DefaultLocaleSidKey: 'en_US',
    TimeZoneSidKey: 'GMT',
    LanguageLocaleKey: 'en_US',
    InstanceName: 'LOC1',
    OrganizationType: 'Enterprise Edition',
    IsSandbox: true,
    IsReadOnly: false,
    FiscalYearStartMonth: 1,
    DefaultCurrencyIsoCode: 'USD',
    CreatedDate: now
  };
}

function userRow(admin: OrgSetup['admin'], profileId: string): Row {
  return {
    Username: admin.username,
    FirstName: admin.firstName,
    LastName: admin.lastName,
    Name: `${admin.firstName} ${admin.lastName}`,
    Email: admin.username,
    Alias: admin.lastName.slice(0, 8).toLowerCase(),
    IsActive: true,
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: profileId,
    UserType: 'Standard'
  };
}
