import type { ComponentStore, DocumentStore, StoredComponent } from './contract.js';
import type { OrgDatabase } from './database.js';

/** Makes the table of documents; once per open database, for a schema change drops prepared statements. */
export function defineDocuments(database: OrgDatabase): void {
  database.define(
    `CREATE TABLE IF NOT EXISTS _document (module TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (module, key))`
  );
}

/** Small documents of one module, as base64 text (see `OrgDatabase`). */
export function documentStore(database: OrgDatabase, module: string): DocumentStore {
  return {
    get(key) {
      const row = database.first<{ value: string }>(
        `SELECT value FROM _document WHERE module = ? AND key = ?`,
        module,
        key
      );
      return row === undefined ? undefined : Buffer.from(row.value, 'base64');
    },
    set(key, value) {
      database.run(
        `INSERT INTO _document VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
        module,
        key,
        value.toString('base64')
      );
    },
    delete(key) {
      database.run(`DELETE FROM _document WHERE module = ? AND key = ?`, module, key);
    },
    keys: () =>
      database
        .all<{ key: string }>(`SELECT key FROM _document WHERE module = ? ORDER BY key`, module)
        .map((row) => row.key)
  };
}

interface ComponentRow {
  type: string;
  fullName: string;
  files: string;
  lastModifiedDate: string;
}

/** Deployed components with their files, as retrieve gives them back. */
export class SqlComponentStore implements ComponentStore {
  public constructor(private readonly database: OrgDatabase) {
    database.define(
      `CREATE TABLE IF NOT EXISTS _component (type TEXT, fullName TEXT, files TEXT NOT NULL, lastModifiedDate TEXT NOT NULL,
       PRIMARY KEY (type, fullName))`
    );
  }

  public list(type: string): readonly StoredComponent[] {
    return this.database
      .all<ComponentRow>(`SELECT * FROM _component WHERE type = ? ORDER BY fullName`, type)
      .map((row) => toComponent(row));
  }

  public get(type: string, fullName: string): StoredComponent | undefined {
    const row = this.database.first<ComponentRow>(
      `SELECT * FROM _component WHERE type = ? AND fullName = ?`,
      type,
      fullName
    );
    return row === undefined ? undefined : toComponent(row);
  }

  public upsert(component: StoredComponent): void {
    const files = Object.entries(component.files).map(([path, content]) => [path, content.toString('base64')]);
    this.database.run(
      `INSERT OR REPLACE INTO _component VALUES (?, ?, ?, ?)`,
      component.type,
      component.fullName,
      JSON.stringify(Object.fromEntries(files)),
      component.lastModifiedDate
    );
  }

  public delete(type: string, fullName: string): void {
    this.database.run(`DELETE FROM _component WHERE type = ? AND fullName = ?`, type, fullName);
  }
}

function toComponent(row: ComponentRow): StoredComponent {
  const files = JSON.parse(row.files) as Record<string, string>;
  return {
    type: row.type,
    fullName: row.fullName,
    lastModifiedDate: row.lastModifiedDate,
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content, 'base64')]))
  };
}
