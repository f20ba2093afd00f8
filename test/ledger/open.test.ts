import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import Database from 'libsql';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import type { CosellError } from '../../plugin/src/ports/errors.js';
import { engineOf, openDatabase, openLedger, shownLocation, SqlLedger } from '../../plugin/src/ledger/index.js';
import { migrations } from '../../plugin/src/ledger/migrations.js';
import { startPostgres } from '../support/postgres.js';
import { cleanUp, folder, newFile, postgresAddress } from './engines.js';
import { at, coupling, intent, M } from './samples.js';

afterAll(cleanUp);

const failure = async (location: string): Promise<CosellError> =>
  openDatabase(location).then(
    () => expect.fail('it opened'),
    (error: unknown) => error as CosellError
  );

describe('where a ledger lives', () => {
  it.each([
    ['/var/lib/cosell/ledger.db', 'sqlite', '/var/lib/cosell/ledger.db'],
    [
      'postgres://me:pa%20ss@db.example:5432/x?sslmode=require&password=p',
      'postgres',
      'postgres://me@db.example:5432/x'
    ],
    ['PostgreSQL://db/x', 'postgres', 'PostgreSQL://db/x'],
    ['postgres://not an address:secret@', 'postgres', 'postgres://…']
  ])('%s', (location, engine, shown) => {
    expect(engineOf(location)).toBe(engine);
    expect(shownLocation(location).toLowerCase()).toBe(shown.toLowerCase());
  });
});

describe('a ledger file', () => {
  it('keeps what it acknowledged and opens again with the same tables', async () => {
    const file = `${newFile()}/sub/kept.ledger`;
    const first = await openLedger(file, { durability: 'full' });
    await first.commit(M, [{ leftKey: 'L1', coupling: coupling('L1', 'R1') }]);
    await first.close();
    const second = await openLedger(file);
    expect((await second.entries(M, ['L1'])).get('L1')?.coupling?.rightKey).toBe('R1');
    await second.close();
  });

  it('says which file is unusable', async () => {
    expect(await failure(folder)).toMatchObject({ code: 'LEDGER_UNUSABLE', message: expect.stringContaining(folder) });
  });

  it('keeps what an older version wrote', async () => {
    const file = newFile();
    const db = new Kysely<Record<string, Record<string, unknown>>>({
      dialect: new SqliteDialect({ database: new Database(file) as never })
    });
    await new Migrator({ db, provider: migrations }).migrateTo('0002-shared-work');
    const { leftKey, rightKey, base } = coupling('L1', 'R1');
    const times = { left_at: at, right_at: at, created_at: at, updated_at: at };
    const hashes = { base_hash: 'h', seen_left: '', seen_right: '' };
    const row = { mapping: M, left_key: leftKey, right_key: rightKey, state: 'active', base: JSON.stringify(base) };
    await db
      .insertInto('couplings')
      .values({ ...row, ...hashes, ...times })
      .execute();
    await db.destroy();
    const ledger = await openLedger(file);
    expect((await ledger.entries(M, ['L1'])).get('L1')?.coupling?.base).toEqual(base);
    await ledger.close();
  });

  it('refuses a value that would end the process', async () => {
    const { db, close } = await openDatabase(newFile());
    for (const value of [true, Buffer.from('x'), undefined, {}]) {
      const row = { name: 'n', value: value as never };
      await expect(db.insertInto('counters').values(row).execute()).rejects.toThrow(
        value === undefined ? /NOT NULL/ : /cannot store a value/
      );
    }
    await db.insertInto('counters').values({ name: 'n', value: 1_767_600_000_000 }).execute();
    expect(await db.selectFrom('counters').select('value').execute()).toEqual([{ value: 1_767_600_000_000 }]);
    await close();
  });
});

describe('a ledger on PostgreSQL', () => {
  it('never shows the password, whatever fails', async () => {
    const address = new URL(await postgresAddress());
    address.password = 'my secret';
    const wrong = await failure(address.href);
    expect(wrong).toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('password authentication')
    });
    const nobody = await failure('postgres://me:my%20secret@127.0.0.1:1/x');
    for (const { message, nextSteps, cause, stack } of [wrong, nobody]) {
      expect([message, ...nextSteps, String(cause), stack].join(' ')).not.toMatch(/my.{1,3}secret/);
    }
    expect(nobody.message).toContain('postgres://me@127.0.0.1:1/x');
  });

  it('lives in a schema of its own beside other programs', async () => {
    const location = await (await startPostgres()).database();
    const client = new pg.Client({ connectionString: location });
    await client.connect();
    await client.query('create table kysely_migration (name text); create table couplings (x int)');
    const [one, two] = await Promise.all([openLedger(location), openLedger(location, { schema: 'second' })]);
    await one?.commit(M, [{ leftKey: 'L1', intent: intent() }]);
    expect((await two?.entries(M, ['L1']))?.size).toBe(0);
    const { rows } = await client.query('select count(*)::int as n from cosell.intents');
    expect(rows).toEqual([{ n: 1 }]);
    await Promise.all([one?.close(), two?.close(), client.end()]);
    await expect(openLedger(location, { schema: 'x"; drop' })).rejects.toMatchObject({ code: 'LEDGER_UNUSABLE' });
  });

  it('goes on when the server has ended its connections', async () => {
    const database = await openDatabase(await postgresAddress());
    const ledger = new SqlLedger(database);
    await ledger.commit(M, [{ leftKey: 'gone', intent: intent() }]);
    const others = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await Promise.all([others.execute(database.db), ledger.status(M).catch(() => undefined)]);
    const client = new pg.Client({ connectionString: await postgresAddress() });
    await client.connect();
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
    );
    await client.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await ledger.entries(M, ['gone'])).size).toBe(1);
    await ledger.close();
  });
});

describe.each([
  ['file', async () => Promise.resolve(newFile())],
  ['PostgreSQL', async () => (await startPostgres()).database()]
])('a ledger of a newer version: %s', (_name, place) => {
  it('is refused and left alone', async () => {
    const location = await place();
    const { db, close } = await openDatabase(location);
    await sql`insert into kysely_migration (name, timestamp) values ('0999-tomorrow', '2030-01-01')`.execute(db);
    await close();
    const error = await failure(location);
    expect(error).toMatchObject({ code: 'LEDGER_TOO_NEW', message: expect.stringContaining('0999-tomorrow') });
    expect(error.nextSteps[0]).toMatch(/^Update/);
  });
});
