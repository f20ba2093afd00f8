import { afterEach } from 'vitest';
import type {
  FieldAccess,
  MetadataChange,
  ObjectAccess,
  Session
} from '../../../../sandbox/src/salesforce/core/contract.js';
import { openOrg } from '../../../../sandbox/src/salesforce/core/open-org.js';
import type { OrgHandle, OrgOptions } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import type { FieldSchema } from '../../../../sandbox/src/salesforce/core/schema.js';
import { ApiError, type ApiResponse } from '../../../../sandbox/src/salesforce/core/transport.js';
import { splitUrl } from '../../../../sandbox/src/salesforce/http-transport.js';

export const ADMIN = 'ada.admin@cosell.example';
export const SELLER = 'sam.seller@cosell.example';
export const START = new Date('2026-03-02T10:00:00Z');

const open: OrgHandle[] = [];
afterEach(() => {
  for (const org of open.splice(0)) org.close();
});

/** An org in memory whose clock stands still until it is moved. */
export function newOrg(options: Partial<OrgOptions> = {}): { org: OrgHandle; admin: Session } {
  const org = openOrg({ file: ':memory:', now: () => START, ...options });
  open.push(org);
  return { org, admin: org.sessionFor(ADMIN) };
}

export function addUser(org: OrgHandle, username: string, profile = 'Standard User'): Session {
  const admin = org.sessionFor(ADMIN);
  const [found] = org.data.query(admin, `SELECT Id FROM Profile WHERE Name = '${profile}'`).records;
  org.data.create(admin, 'User', {
    Username: username,
    LastName: username.split('@')[0],
    Email: username,
    Alias: 'user',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: found?.['Id']
  });
  return org.sessionFor(username);
}

export function addDeal(org: OrgHandle, session: Session, values: Record<string, unknown> = {}): string {
  return org.data.create(session, 'Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2026-12-31',
    ...values
  });
}

export function customField(name: string, traits: Partial<FieldSchema> = {}): FieldSchema {
  return {
    name,
    label: name.replace('__c', ''),
    type: 'string',
    length: 100,
    custom: true,
    nillable: true,
    createable: true,
    updateable: true,
    permissionable: true,
    ...traits
  };
}

export function deploy(org: OrgHandle, change: Partial<MetadataChange>): void {
  org.applyMetadata({
    upsertObjects: [],
    deleteObjects: [],
    upsertFields: [],
    deleteFields: [],
    upsertPermissionSets: [],
    deletePermissionSets: [],
    upsertComponents: [],
    deleteComponents: [],
    ...change
  });
}

export const crud: ObjectAccess = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: false,
  modifyAll: false
};

/** Deploys a permission set and assigns it. */
export function grant(
  org: OrgHandle,
  session: Session,
  fields: Record<string, FieldAccess>,
  objects: Record<string, ObjectAccess> = {}
): void {
  const set = {
    name: 'Test_Set',
    label: 'Test Set',
    description: '',
    grant: { objects, fields, userPermissions: [], tabs: {} }
  };
  deploy(org, { upsertPermissionSets: [set] });
  const admin = org.sessionFor(ADMIN);
  const [row] = org.data.query(admin, `SELECT Id FROM PermissionSet WHERE Name = 'Test_Set'`).records;
  org.data.create(admin, 'PermissionSetAssignment', { AssigneeId: session.userId, PermissionSetId: row?.['Id'] });
}

/** Code of the ApiError that `work` throws; `none` when it does not. */
export function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof ApiError) return error.errorCode;
    throw error;
  }
}

export function errorOf(work: () => unknown): ApiError {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('The call was expected to be refused.');
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are compared member by member with toMatchObject
export type Json = any;

export interface CallOptions {
  token?: string;
  headers?: Record<string, string>;
}

/** One API call without sockets. Paths are relative to `/services/data/v66.0`. */
export async function call(
  org: OrgHandle,
  method: string,
  path: string,
  body?: unknown,
  options: CallOptions = {}
): Promise<ApiResponse & { body: Json }> {
  const token = options.token ?? org.auth.issueAccessToken(ADMIN);
  const target = path.startsWith('/services') || path.startsWith('/id') ? path : `/services/data/v66.0${path}`;
  const response = await org.dispatch({
    method: method as 'GET',
    ...splitUrl(target),
    headers: { host: 'org.test', authorization: `Bearer ${token}`, ...options.headers },
    body: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  });
  return response as ApiResponse & { body: Json };
}
