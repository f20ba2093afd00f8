import type { Connection } from '@salesforce/core';
import { CosellError } from '../ports/errors.js';
import type { PermissionSetResult } from './result.js';

/** The part of the connection that is used. */
export interface Records {
  query(soql: string): Promise<{ Id: string; Name?: string; PermissionSetId?: string }[]>;
  create(object: string, values: Record<string, string>): Promise<void>;
}

export function recordsOf(connection: Connection): Records {
  return {
    query: async (soql) =>
      (await connection.query<{ Id: string; Name?: string; PermissionSetId?: string }>(soql)).records,
    create: async (object, values) => {
      await connection.sobject(object).create(values);
    }
  };
}

function quoted(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

function find<T extends { Name?: string }>(rows: readonly T[], name: string): T {
  const row = rows.find((one) => one.Name?.toLowerCase() === name.toLowerCase());
  if (row) return row;
  throw new CosellError('PERMISSION_SET_UNKNOWN', `The org has no permission set ${name}.`, [
    'Use one of: Cosell_Seller, Cosell_Integration_User, Cosell_Integration_Administrator, ERP_Integration_User'
  ]);
}

/**
 * Assigns permission sets to a user, leaving out those the user has. All names are looked up before the first one is
 * assigned. Throws `CosellError` PERMISSION_SET_UNKNOWN.
 */
export async function assignPermissionSets(
  records: Records,
  username: string,
  names: readonly string[]
): Promise<PermissionSetResult[]> {
  if (names.length === 0) return [];
  const [user] = await records.query(`SELECT Id FROM User WHERE Username = ${quoted(username)}`);
  if (!user)
    throw new CosellError('USER_UNKNOWN', `The org has no user ${username}.`, ['Check the user: sf org display user']);
  const sets = await records.query(
    `SELECT Id, Name FROM PermissionSet WHERE Name IN (${names.map(quoted).join(', ')})`
  );
  const wanted = names.map((name) => ({ name, id: find(sets, name).Id }));
  const held = await records.query(
    `SELECT Id, PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(user.Id)}`
  );
  const results: PermissionSetResult[] = [];
  for (const { name, id } of wanted) {
    const has = held.some((assignment) => assignment.PermissionSetId === id);
    if (!has) await records.create('PermissionSetAssignment', { AssigneeId: user.Id, PermissionSetId: id });
    results.push({ name, outcome: has ? 'alreadyAssigned' : 'assigned' });
  }
  return results;
}
