import type { AccessControl, FieldAccess, ObjectAccess, PermissionGrant, Session } from './contract.js';
import type { OrgDatabase } from './database.js';
import type { FaultSwitches } from './faults.js';
import { profileNamed } from './profiles.js';
import type { SchemaStore } from './schema-store.js';

const full: ObjectAccess = { read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true };
const none: ObjectAccess = { read: false, create: false, edit: false, delete: false, viewAll: false, modifyAll: false };
const readOnly: ObjectAccess = { ...none, read: true };
interface UserGrants {
  profile: string;
  grants: PermissionGrant[];
}

/**
 * Profiles plus assigned permission sets. Standard fields follow the object; custom fields are visible only through a
 * permission set. Administrators see every field: a real org hides a field deployed without field-level security from them
 * too, but its package installs usually grant it to them in the same step.
 */
export class PermissionStore implements AccessControl {
  private readonly users = new Map<string, UserGrants>();
  private readonly fields = new Map<string, FieldAccess>();
  private schemaRevision = 0;

  public constructor(
    private readonly database: OrgDatabase,
    private readonly schema: SchemaStore,
    private readonly faults: FaultSwitches
  ) {
    database.define(`CREATE TABLE IF NOT EXISTS _grant (permissionSet TEXT PRIMARY KEY, definition TEXT NOT NULL)`);
  }

  /** Forgets what it knows of users; called when profiles, assignments or grants change. */
  public invalidate(): void {
    this.users.clear();
    this.fields.clear();
  }

  public setGrant(permissionSet: string, grant: PermissionGrant): void {
    this.database.run(`INSERT OR REPLACE INTO _grant VALUES (?, ?)`, permissionSet, JSON.stringify(grant));
    this.invalidate();
  }

  public deleteGrant(permissionSet: string): void {
    this.database.run(`DELETE FROM _grant WHERE permissionSet = ?`, permissionSet);
    this.invalidate();
  }

  public object(session: Session, object: string): ObjectAccess {
    const schema = this.schema.object(object);
    if (schema === undefined) return none;
    if (session.admin) return full;
    // Everyone may look at users, stages, currencies and the like; administrators change them.
    if (schema.setupObject) return readOnly;
    if (this.faults.isDenied(schema.name)) return none;
    const user = this.grantsOf(session.userId);
    const profile = profileNamed(user.profile);
    const fromProfile = profile?.full.includes(schema.name) === true;
    const base: ObjectAccess = fromProfile
      ? { ...none, read: true, create: true, edit: true, delete: true }
      : profile?.readOnly.includes(schema.name) === true
        ? readOnly
        : none;
    return user.grants.reduce((sum, grant) => union(sum, grant.objects[schema.name]), base);
  }

  public field(session: Session, object: string, name: string): FieldAccess {
    if (this.schemaRevision !== this.schema.revision) this.fields.clear();
    this.schemaRevision = this.schema.revision;
    const key = `${session.admin ? 'admin' : session.userId} ${object}.${name}`;
    const known = this.fields.get(key);
    if (known !== undefined) return known;
    const access = this.computeField(session, object, name);
    this.fields.set(key, access);
    return access;
  }

  /** A permission over all objects, for example `ViewAllData`. */
  public hasUserPermission(session: Session, name: string): boolean {
    return session.admin || this.grantsOf(session.userId).grants.some((grant) => grant.userPermissions.includes(name));
  }

  /** Administrators have every record type; others those of their permission sets. */
  public recordType(session: Session, object: string, developerName: string): boolean {
    const name = `${object}.${developerName}`.toLowerCase();
    if (session.admin) return true;
    return this.grantsOf(session.userId).grants.some((grant) =>
      grant.recordTypes?.some((each) => each.toLowerCase() === name)
    );
  }

  private computeField(session: Session, object: string, name: string): FieldAccess {
    const schema = this.schema.object(object);
    const field = this.schema.field(object, name);
    if (schema === undefined || field === undefined) return { readable: false, editable: false };
    if (!session.admin && this.faults.isDenied(schema.name, field.name)) return { readable: false, editable: false };
    const objectAccess = this.object(session, object);
    const writable = (field.createable || field.updateable) && (objectAccess.create || objectAccess.edit);
    if (session.admin || !field.permissionable || (!field.custom && !schema.custom)) {
      return { readable: objectAccess.read, editable: writable };
    }
    const key = `${schema.name}.${field.name}`;
    const grants = this.grantsOf(session.userId).grants.map((grant) => grant.fields[key]);
    const editable = grants.some((grant) => grant?.editable === true);
    const readable = editable || grants.some((grant) => grant?.readable === true);
    return { readable: readable && objectAccess.read, editable: editable && writable };
  }

  private grantsOf(userId: string): UserGrants {
    const known = this.users.get(userId);
    if (known !== undefined) return known;
    const profile = this.database.first<{ Name: string }>(
      `SELECT p."Name" FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?`,
      userId
    );
    const rows = this.database.all<{ definition: string }>(
      `SELECT g.definition FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId"
       JOIN _grant g ON g.permissionSet = s."Name" WHERE a."AssigneeId" = ? AND a."IsDeleted" = 0`,
      userId
    );
    const grants = {
      profile: profile?.Name ?? '',
      grants: rows.map((row) => JSON.parse(row.definition) as PermissionGrant)
    };
    this.users.set(userId, grants);
    return grants;
  }
}

function union(a: ObjectAccess, b: ObjectAccess | undefined): ObjectAccess {
  if (b === undefined) return a;
  return {
    read: a.read || b.read,
    create: a.create || b.create,
    edit: a.edit || b.edit,
    delete: a.delete || b.delete,
    viewAll: a.viewAll || b.viewAll,
    modifyAll: a.modifyAll || b.modifyAll
  };
}
