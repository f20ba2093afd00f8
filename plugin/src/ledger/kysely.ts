import { createRequire } from 'node:module';
import type * as all from 'kysely';

/**
 * Kysely's CommonJS build: its 250 ES modules take 6 MB and 60 ms of CPU more to load, which every command pays. Everything that
 * runs imports it from here, so that it is not loaded twice; types come from the package.
 */
const kysely = createRequire(import.meta.url)('kysely') as typeof all;

export const {
  CompiledQuery,
  Kysely,
  Migrator,
  PostgresDialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql
} = kysely;
