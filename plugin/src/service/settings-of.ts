import { resolve } from 'node:path';
import { engineOf } from '../ledger/index.js';
import type { Environment, Settings } from './settings.js';
import { loadSettings } from './settings.js';

/** What every command hands over about its settings. */
export interface SettingsInput {
  env: Environment;
  settingsFile?: string;
  /** Path of a file, from the working folder on, or address of a PostgreSQL database; overrides settings and environment. */
  ledger?: string;
}

/** The settings as the command line wants them. */
export function settingsOf({ settingsFile, env, ledger }: SettingsInput): Settings {
  if (ledger === undefined) return loadSettings(settingsFile, env);
  const location = engineOf(ledger) === 'postgres' ? ledger : resolve(ledger);
  return loadSettings(settingsFile, { ...env, COSELL_LEDGER: location });
}
