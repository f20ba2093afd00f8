import Database from 'libsql';

/**
 * `referrals`: one row per referral; the document is the answer of the API. `history`: what changed, by whom.
 * `events`: change notices in commit order. `kept`: settings, signing key, clock offset and tokens, by room and key.
 */
const SCHEMA = `
  create table if not exists referrals (
    id text primary key,
    engagement_id text not null,
    owner text not null,
    inviter text not null,
    document text not null
  );
  create table if not exists history (
    seq integer primary key autoincrement,
    referral_id text not null,
    engagement_id text not null,
    at text not null,
    entry text not null
  );
  create index if not exists history_by_engagement on history (engagement_id);
  create table if not exists events (
    seq integer primary key autoincrement,
    at text not null,
    organization text not null,
    event_name text not null,
    referral_id text not null
  );
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

/** Small values by room and key. */
export interface KeptValues {
  get(room: string, key: string): unknown;
  set(room: string, key: string, value: unknown): void;
  delete(room: string, key: string): void;
  clear(room: string): void;
}

export function keptValues(database: Database.Database): KeptValues {
  const read = database.prepare('select value from kept where room = ? and key = ?');
  const write = database.prepare('insert or replace into kept (room, key, value) values (?, ?, ?)');
  const remove = database.prepare('delete from kept where room = ? and key = ?');
  const removeRoom = database.prepare('delete from kept where room = ?');
  return {
    get: (room, key) => {
      const row = read.get(room, key) as { value: string } | undefined;
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
    },
    set: (room, key, value) => void write.run(room, key, JSON.stringify(value)),
    delete: (room, key) => void remove.run(room, key),
    clear: (room) => void removeRoom.run(room)
  };
}
