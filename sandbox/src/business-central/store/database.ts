import Database from 'libsql';

/** `rows`: every row of every set, with the service's own fields. `notices`: webhook notices that wait. `kept`: the rest, by room and key. */
const SCHEMA = `
  create table if not exists rows (
    company text not null,
    entity_set text not null,
    id text not null,
    version integer not null,
    document text not null,
    primary key (company, entity_set, id)
  );
  create table if not exists notices (
    seq integer primary key autoincrement,
    subscription text not null,
    resource text not null,
    change_type text not null,
    modified_at text not null,
    due integer not null
  );
  create index if not exists notices_by_resource on notices (subscription, resource);
  create table if not exists kept (room text not null, key text not null, value text not null, primary key (room, key));
`;

/** Opens the file, or a database that lives as long as the process. */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file);
  if (file !== ':memory:') database.pragma('journal_mode = WAL');
  database.exec('pragma synchronous = normal');
  database.exec(SCHEMA);
  return database;
}
