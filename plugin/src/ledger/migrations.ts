import type { Kysely, Migration, MigrationProvider } from 'kysely';

type Column = readonly [name: string, type: 'text' | 'integer' | 'bigint', nullable?: 'null'];

/** One table: columns, and the columns of its primary key. Only types that SQLite and PostgreSQL share. */
async function table(db: Kysely<unknown>, name: string, key: string[], columns: readonly Column[]): Promise<void> {
  let builder = db.schema.createTable(name);
  for (const [column, type, nullable] of columns) {
    builder = builder.addColumn(column, type, (definition) =>
      nullable === 'null' ? definition : definition.notNull()
    );
  }
  await builder.addPrimaryKeyConstraint(`${name}_key`, key as never[]).execute();
}

const text = (...names: string[]): Column[] => names.map((name) => [name, 'text']);

const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    await table(
      db,
      'couplings',
      ['mapping', 'left_key'],
      [
        ...text('mapping', 'left_key', 'right_key'),
        ['context', 'text', 'null'],
        ...text(
          'state',
          'base',
          'base_hash',
          'seen_left',
          'seen_right',
          'left_at',
          'right_at',
          'created_at',
          'updated_at'
        ),
        ['synced_at', 'text', 'null']
      ]
    );
    await db.schema.createIndex('couplings_right').on('couplings').columns(['mapping', 'right_key']).unique().execute();
    await table(
      db,
      'intents',
      ['mapping', 'left_key'],
      [
        ...text('mapping', 'left_key', 'kind', 'marker'),
        ['attempt', 'integer'],
        ['started_at', 'text'],
        ['payload', 'text', 'null']
      ]
    );
    await table(
      db,
      'issues',
      ['mapping', 'left_key'],
      [
        ...text('mapping', 'left_key', 'state', 'code'),
        ['attempts', 'integer'],
        ...text('left_hash', 'right_hash', 'not_before', 'detail')
      ]
    );
    await db.schema.createIndex('issues_due').on('issues').columns(['mapping', 'state', 'not_before']).execute();
    await table(
      db,
      'tellings',
      ['mapping', 'left_key'],
      [...text('mapping', 'left_key', 'told_hash'), ['pending', 'text', 'null']]
    );
    // Reports are delivered within the run; a scan for undelivered ones must not read every coupled record.
    await db.schema
      .createIndex('tellings_pending')
      .on('tellings')
      .columns(['mapping', 'left_key'])
      .where('pending' as never, 'is not', null)
      .execute();
    await table(db, 'cursors', ['mapping', 'system'], text('mapping', 'system', 'position', 'updated_at'));
    await table(
      db,
      'runs',
      ['mapping', 'id'],
      text('mapping', 'id', 'started_at', 'finished_at', 'outcome', 'summary')
    );
    await table(db, 'leases', ['mapping'], [...text('mapping', 'owner'), ['expires_at', 'bigint']]);
  }
};

const second: Migration = {
  up: async (db: Kysely<unknown>) => {
    await table(db, 'disputes', ['mapping', 'left_key'], text('mapping', 'left_key', 'conflicts', 'decisions'));
    await table(
      db,
      'journal',
      ['mapping', 'run_id', 'seq'],
      [...text('mapping', 'run_id'), ['seq', 'integer'], ...text('left_key', 'right_key', 'kind', 'changes', 'at')]
    );
    await db.schema.createIndex('journal_record').on('journal').columns(['mapping', 'left_key']).execute();
    await table(
      db,
      'holds',
      ['mapping', 'left_key'],
      [...text('mapping', 'left_key', 'owner'), ['fence', 'bigint'], ['expires_at', 'bigint']]
    );
    await table(
      db,
      'work',
      ['mapping', 'left_key'],
      [
        ...text('mapping', 'left_key'),
        ['priority', 'integer'],
        ['not_before', 'bigint'],
        ['enqueued_at', 'bigint'],
        ['attempts', 'integer'],
        ['again', 'integer']
      ]
    );
    await db.schema
      .createIndex('work_ready')
      .on('work')
      .columns(['mapping', 'priority', 'enqueued_at', 'left_key'])
      .execute();
    await table(db, 'counters', ['name'], [...text('name'), ['value', 'bigint']]);
    await table(db, 'calls', ['system', 'bucket'], [...text('system'), ['bucket', 'bigint'], ['count', 'integer']]);
  }
};

const third: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('couplings').dropColumn('base_hash').execute();
    // Counts by state read the index alone: a status must not read a million base snapshots.
    await db.schema.createIndex('couplings_state').on('couplings').columns(['mapping', 'state']).execute();
    await db.schema.createIndex('issues_code').on('issues').columns(['mapping', 'code', 'not_before']).execute();
    await db.schema
      .alterTable('runs')
      .addColumn('undoable', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('runs_started').on('runs').columns(['mapping', 'started_at']).execute();
    await db.schema.createIndex('runs_idle').on('runs').columns(['mapping', 'undoable', 'started_at']).execute();
  }
};

const fourth: Migration = {
  up: async (db: Kysely<unknown>) => {
    await table(db, 'notices', ['mapping', 'id'], text('mapping', 'id', 'received_at'));
  }
};

/** Versions of the ledger's tables, oldest first. A published migration is never changed; add another one. */
const ALL: Record<string, Migration> = {
  '0001-first': first,
  '0002-shared-work': second,
  '0003-lists': third,
  '0004-notices': fourth
};

export const VERSIONS: readonly string[] = Object.keys(ALL);

export const migrations: MigrationProvider = { getMigrations: async () => Promise.resolve(ALL) };
