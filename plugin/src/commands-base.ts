import { SfError } from '@salesforce/core/sfError';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { ConnectorError, CosellError } from './ports/errors.js';
import { columnWidths, terminalWidth } from './ux/column-widths.js';

function dataOf(error: CosellError): Record<string, string | number> {
  if (!(error instanceof ConnectorError)) return {};
  const { status, target, correlationId, retryAfterMs } = error.details;
  const entries = Object.entries({
    system: error.system,
    kind: error.kind,
    status,
    target,
    correlationId,
    retryAfterMs
  });
  return Object.fromEntries(entries.filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}

/**
 * The CLI's error for one of ours: the stable code becomes its name, next steps its actions, and what scripts may want
 * to know its data. Other errors pass through.
 */
export function toSfError<E extends Error>(error: E): E | SfError {
  if (!(error instanceof CosellError)) return error;
  const converted = new SfError(error.message, error.code, [...error.nextSteps], 1, error);
  converted.setData(dataOf(error));
  return converted;
}

type Table<R extends Record<string, unknown>> = Parameters<typeof SfCommand.prototype.table<R>>[0];

/** What every command of this plugin extends: the CLI's command with our errors translated and tables that fit the terminal. */
export abstract class CosellCommand<Result> extends SfCommand<Result> {
  /** Cells are wrapped: a sentence that is cut off helps nobody. SF_TABLE_OVERFLOW decides otherwise. */
  public override table<R extends Record<string, unknown>>(options: Table<R>): void {
    const columns = options.columns ?? columnWidths(options.data, terminalWidth());
    super.table({ overflow: 'wrap', ...options, ...(columns === undefined ? {} : { columns }) });
  }

  protected override catch(error: Error): Promise<never> {
    return super.catch(toSfError(error));
  }
}
