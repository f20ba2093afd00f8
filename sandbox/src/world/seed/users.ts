import { record, type SalesforceClient } from '../salesforce-client.js';

export interface DemoUser {
  username: string;
  firstName: string;
  lastName: string;
  title: string;
  phone: string;
  profile: 'System Administrator' | 'Standard User';
  permissionSets: readonly string[];
  /** Owner of part of the opportunities. */
  ownsDeals?: true;
  /** `LocaleSidKey`. @default en_GB */
  locale?: string;
  /** `LanguageLocaleKey`. @default en_US */
  language?: string;
}

/** Made by the stand-in itself, because somebody has to create the others. */
export const adminUsername = 'ada.admin@cosell.example';
/** Owner of what Microsoft sends and nobody else is to own. */
export const sellerUsername = 'sam.seller@cosell.example';
/** Reads Salesforce in Dutch. */
export const dutchUsername = 'noor.seller@cosell.example';
export const integrationUsername = 'integration@cosell.example';

/** The people of the demo org besides the administrator. */
export const demoUsers: readonly DemoUser[] = [
  {
    username: sellerUsername,
    firstName: 'Sam',
    lastName: 'Seller',
    title: 'Account Executive',
    phone: '+31 30 555 0180',
    profile: 'Standard User',
    permissionSets: ['Cosell_Seller'],
    ownsDeals: true
  },
  {
    username: 'lena.seller@cosell.example',
    firstName: 'Lena',
    lastName: 'Lindgren',
    title: 'Senior Account Executive',
    phone: '+31 30 555 0181',
    profile: 'Standard User',
    permissionSets: ['Cosell_Seller'],
    ownsDeals: true
  },
  {
    username: dutchUsername,
    firstName: 'Noor',
    lastName: 'de Vries',
    title: 'Accountmanager',
    phone: '+31 30 555 0182',
    profile: 'Standard User',
    permissionSets: ['Cosell_Seller'],
    locale: 'nl_NL',
    language: 'nl_NL'
  },
  {
    username: integrationUsername,
    firstName: 'Co-sell',
    lastName: 'Integration',
    title: 'Integration user',
    phone: '+31 30 555 0100',
    profile: 'Standard User',
    permissionSets: ['Cosell_Integration_User', 'ERP_Integration_User']
  }
];

/** Creates the demo users; returns user ids by username. */
export const seedUsers = async (client: SalesforceClient): Promise<Map<string, string>> => {
  const profiles = await client.query<{ Id: string; Name: string }>('SELECT Id, Name FROM Profile');
  const profileId = (name: string): string | undefined => profiles.find((profile) => profile.Name === name)?.Id;
  const ids = await client.insert(
    demoUsers.map((user) =>
      record('User', {
        Username: user.username,
        Email: user.username,
        FirstName: user.firstName,
        LastName: user.lastName,
        Title: user.title,
        Phone: user.phone,
        Alias: user.lastName.slice(0, 8).toLowerCase(),
        ProfileId: profileId(user.profile),
        IsActive: true,
        TimeZoneSidKey: 'Europe/Amsterdam',
        LocaleSidKey: user.locale ?? 'en_GB',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: user.language ?? 'en_US'
      })
    )
  );
  return new Map(demoUsers.map((user, index) => [user.username, ids[index] ?? '']));
};

/** Assigns each user's permission sets, once; run after every deploy, because the sets come with it. */
export const assignPermissionSets = async (client: SalesforceClient): Promise<number> => {
  const names = [...new Set(demoUsers.flatMap(({ permissionSets }) => permissionSets))];
  const sets = await client.query<{ Id: string; Name: string }>(
    `SELECT Id, Name FROM PermissionSet WHERE Name IN (${names.map((name) => `'${name}'`).join(', ')})`
  );
  const users = await client.query<{ Id: string; Username: string }>('SELECT Id, Username FROM User');
  const present = await client.query<{ AssigneeId: string; PermissionSetId: string }>(
    'SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment'
  );
  const wanted = demoUsers.flatMap((user) =>
    user.permissionSets.map((name) => ({
      AssigneeId: users.find((row) => row.Username === user.username)?.Id,
      PermissionSetId: sets.find((row) => row.Name === name)?.Id
    }))
  );
  const missing = wanted.filter(
    (pair) => !present.some((row) => row.AssigneeId === pair.AssigneeId && row.PermissionSetId === pair.PermissionSetId)
  );
  if (missing.length > 0) await client.insert(missing.map((pair) => record('PermissionSetAssignment', pair)));
  return missing.length;
};
