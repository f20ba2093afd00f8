import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { CosellError } from '../ports/errors.js';

/** Only its owner may read it: a report holds values of deals. */
const MODE = 0o600;
/** Lines are short and many. */
const PIECE = 64 * 1024;

function notWritten(target: string, error: unknown): CosellError {
  const { code = '' } = error as NodeJS.ErrnoException;
  return new CosellError(
    'REPORT_NOT_WRITTEN',
    `The report cannot be written to ${target} (${code}).`,
    ['Name a file in a folder that exists and that you may write to.'],
    { cause: error }
  );
}

/** A report of any length, one JSON object per line. Written beside its place and moved there when it is complete. */
export class ReportFile {
  private readonly target: string;
  private readonly draft: string;
  private readonly handle: number;
  private waiting = '';

  /** @throws CosellError `REPORT_NOT_WRITTEN` */
  public constructor(file: string) {
    this.target = resolve(file);
    this.draft = `${this.target}.${process.pid}.tmp`;
    this.handle = this.attempt(() => openSync(this.draft, 'wx', MODE));
  }

  public add(line: object): void {
    this.waiting += `${JSON.stringify(line)}\n`;
    if (this.waiting.length >= PIECE) this.empty();
  }

  /** @returns the absolute path of the report */
  public keep(): string {
    this.empty();
    this.attempt(() => {
      closeSync(this.handle);
      renameSync(this.draft, this.target);
    });
    return this.target;
  }

  public discard(): void {
    closeSync(this.handle);
    rmSync(this.draft, { force: true });
  }

  private empty(): void {
    this.attempt(() => writeSync(this.handle, this.waiting));
    this.waiting = '';
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw notWritten(this.target, error);
    }
  }
}

/** Does something with a report, if one is wanted; of a failure no half report stays. */
export async function withReport<T extends object>(
  file: string | undefined,
  work: (add: (line: object) => void) => Promise<T>
): Promise<T & { report: string | null }> {
  if (file === undefined) return { ...(await work(() => undefined)), report: null };
  const report = new ReportFile(file);
  try {
    const result = await work((line) => report.add(line));
    return { ...result, report: report.keep() };
  } catch (error) {
    report.discard();
    throw error;
  }
}
