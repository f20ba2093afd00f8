import { noteDescribeChange } from '../describe-dates.js';
import { ApiError } from '../transport.js';
import type { ObjectRules } from './types.js';

/** Name of a person: first and last name. */
export const personRules: ObjectRules = {
  beforeSave({ row }) {
    row['Name'] = [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string').join(' ');
  }
};

export const userRules: ObjectRules = {
  beforeSave(context) {
    personRules.beforeSave?.(context);
    context.row['UserType'] ??= 'Standard';
    const username = context.row['Username'];
    if (context.given.has('Username') && typeof username === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(username)) {
      const text = 'Username: The username must be in the form of an email address (for example, john@acme.com)';
      throw new ApiError(400, 'INVALID_USERNAME', text, ['Username']);
    }
  },
  afterSave({ engine }) {
    engine.access.invalidate();
  }
};

export const permissionSetAssignmentRules: ObjectRules = {
  beforeSave({ engine, row }) {
    const other = engine.database.first<{ Id: string }>(
      `SELECT "Id" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ? AND "IsDeleted" = 0`,
      row['AssigneeId'],
      row['PermissionSetId']
    );
    if (other === undefined) return;
    const pair = `Assignee: ${String(row['AssigneeId'])}; Permission Set: ${String(row['PermissionSetId'])}`;
    const text = `Duplicate PermissionSetAssignment. ${pair}`;
    throw new ApiError(400, 'DUPLICATE_VALUE', text);
  },
  afterSave({ engine }) {
    engine.access.invalidate();
    noteDescribeChange(engine);
  },
  afterDelete(engine) {
    engine.access.invalidate();
    noteDescribeChange(engine);
  }
};

/** An opportunity has at most one primary contact role. */
export const contactRoleRules: ObjectRules = {
  afterSave({ engine, row }) {
    if (row['IsPrimary'] !== true) return;
    engine.database.run(
      `UPDATE "OpportunityContactRole" SET "IsPrimary" = 0, "SystemModstamp" = ?, "LastModifiedDate" = ?
       WHERE "OpportunityId" = ? AND "Id" <> ? AND "IsPrimary" = 1`,
      row['SystemModstamp'],
      row['SystemModstamp'],
      row['OpportunityId'],
      row['Id']
    );
  }
};

export const teamMemberRules: ObjectRules = {
  beforeSave({ engine, row }) {
    const user = engine.database.first<{ Name: string; Title: string | null }>(
      `SELECT "Name", "Title" FROM "User" WHERE "Id" = ?`,
      row['UserId']
    );
    row['Name'] = user?.Name ?? null;
    row['Title'] = user?.Title ?? null;
  }
};
