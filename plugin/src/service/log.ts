import { createRequire } from 'node:module';
import type { DestinationStream, Logger as Pino } from 'pino';
import type * as pinoModule from 'pino';
import { ConnectorError, CosellError } from '../ports/errors.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
type LogValue = string | number | boolean | undefined | Readonly<Record<string, number>>;

/** Structured log of events. There is no free text: what an event says is its name and the fields below. */
export interface EventLog {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, LogValue>>): void;
}

/**
 * The only fields that reach the log: keys, codes, counts and times. An allow list, because record values, names and
 * addresses turn up in places that no deny list foresees.
 */
const FIELDS = new Set([
  'attempt',
  'calls',
  'code',
  'correlationId',
  'counts',
  'delayMs',
  'durationMs',
  'host',
  'key',
  'kind',
  'mapping',
  'outcome',
  'port',
  'runId',
  'side',
  'signal',
  'status',
  'system',
  'target'
]);
const LONGEST = 120;
/** Keys, codes, paths and identifiers have no blanks and no at sign; tokens are longer than any of them. */
const HARMLESS = /^[\w.:/+-]*$/;

function clean(value: LogValue): LogValue {
  if (typeof value !== 'string') return value;
  return HARMLESS.test(value) && value.length <= LONGEST ? value : '[redacted]';
}

/** Newline-delimited JSON on stderr (stdout belongs to the command's result). */
export function eventLog(level: string, to?: DestinationStream): EventLog {
  // Loaded here: only the service writes a log, and every other command would pay for it.
  const { destination, pino, stdTimeFunctions } = createRequire(import.meta.url)('pino') as typeof pinoModule;
  const stream = to ?? destination({ fd: 2, sync: true });
  const logger: Pino = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, messageKey: 'event' }, stream);
  return {
    write(severity, event, fields = {}) {
      const kept = Object.entries(fields).filter(([name, value]) => FIELDS.has(name) && value !== undefined);
      logger[severity](Object.fromEntries(kept.map(([name, value]) => [name, clean(value)])), event);
    }
  };
}

export const silentLog: EventLog = { write: () => undefined };

/** What may be said about an error: never its message, which can quote the record. */
export function errorFields(error: unknown): Record<string, LogValue> {
  if (error instanceof ConnectorError) {
    const { status, correlationId, target } = error.details;
    return { system: error.system, kind: error.kind, code: error.code, status, correlationId, target };
  }
  if (error instanceof CosellError) return { code: error.code };
  return { code: 'INTERNAL', kind: error instanceof Error ? error.name : typeof error };
}
