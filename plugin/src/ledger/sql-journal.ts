import type { Kysely } from 'kysely';
import type { LedgerChange } from './port.js';
import { journalRow } from './rows.js';
import type { Tables } from './schema.js';
import type { Statements } from './statements.js';

/** Runs whose last number is remembered: those under way. */
const REMEMBERED = 20;

/** Numbers the lines of the journal. The last number of a run is read once and counted on from then. */
export class JournalNumbers {
  private readonly last = new Map<string, number>();

  public constructor(private readonly statements: Statements) {}

  /** Forgets the numbers given: their transaction did not end well, or another process adds to the same run. */
  public forget(): void {
    this.last.clear();
  }

  /** Adds the lines of some changes, inside their transaction. */
  public async add(db: Kysely<Tables>, mapping: string, changes: readonly LedgerChange[]): Promise<void> {
    const rows: Tables['journal'][] = [];
    for (const { leftKey, journal = [] } of changes) {
      for (const line of journal) {
        const seq = (await this.lastOf(db, mapping, line.runId)) + 1;
        this.last.set(`${mapping} ${line.runId}`, seq);
        rows.push(journalRow(mapping, seq, { ...line, leftKey }));
      }
    }
    await this.statements.insert(db, 'journal', rows);
  }

  private async lastOf(db: Kysely<Tables>, mapping: string, runId: string): Promise<number> {
    const known = this.last.get(`${mapping} ${runId}`);
    if (known !== undefined) return known;
    if (this.last.size >= REMEMBERED) this.last.clear();
    const row = await db
      .selectFrom('journal')
      .select((select) => select.fn.max('seq').as('seq'))
      .where('mapping', '=', mapping)
      .where('run_id', '=', runId)
      .executeTakeFirst();
    return Number(row?.seq ?? 0);
  }
}
