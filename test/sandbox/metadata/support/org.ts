import { afterAll, afterEach } from 'vitest';
import { openOrg } from '../../../../sandbox/src/salesforce/core/open-org.js';
import { moduleRoutes } from '../../../../sandbox/src/salesforce/module-routes.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';

/** One organization for all tests of a file that only look: evaluating a deploy changes nothing. */
export function sharedOrg(): () => OrgHandle {
  let org: OrgHandle | undefined;
  afterAll(() => {
    org?.close();
  });
  return () => (org ??= openOrg({ file: ':memory:', routes: moduleRoutes }));
}

/** An organization per call, closed after the test. */
export function freshOrgs(): () => OrgHandle {
  const open: OrgHandle[] = [];
  afterEach(() => {
    open.splice(0).forEach((org) => {
      org.close();
    });
  });
  return () => {
    const org = openOrg({ file: ':memory:', routes: moduleRoutes });
    open.push(org);
    return org;
  };
}

/** The administrator every organization begins with. */
export const administrator = 'ada.admin@cosell.example';

/** Adds a user who is no administrator. */
export function addSeller(org: OrgHandle): string {
  const username = 'sam.seller@cosell.example';
  const admin = org.sessionFor(administrator);
  const [profile] = org.data.query(admin, "SELECT Id FROM Profile WHERE Name = 'Standard User'").records;
  org.data.create(admin, 'User', {
    Username: username,
    LastName: 'Seller',
    Email: username,
    Alias: 'sam',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: profile?.['Id']
  });
  return username;
}
