import type { ChangeNotice } from './contract.js';
import type { OrgDatabase } from './database.js';

/** Events stay available for replay for 72 hours (Change Data Capture guide, "Change Event Storage and Delivery"). */
export const RETENTION_MS = 72 * 3_600_000;

/** The event window in the org's database, so that opening the org again keeps it and the numbering goes on. */
export class ChangeLog {
  public constructor(private readonly database: OrgDatabase) {
    // AUTOINCREMENT: a replay id is never given out twice, not even when its event is gone.
    database.define(
      `CREATE TABLE IF NOT EXISTS _change (replayId INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, at INTEGER NOT NULL,
       notice TEXT NOT NULL)`
    );
    database.define(`CREATE INDEX IF NOT EXISTS "_change.at" ON _change (at)`);
  }

  /** Stores a notice and gives it its number. */
  public append(channel: string, notice: Omit<ChangeNotice, 'replayId'>): ChangeNotice {
    const [row] = this.database.all<{ replayId: number }>(
      `INSERT INTO _change (channel, at, notice) VALUES (?, ?, ?) RETURNING replayId`,
      channel,
      notice.commitTimestamp,
      JSON.stringify(notice)
    );
    return { replayId: row?.replayId ?? 0, ...notice };
  }

  /** Notices of a channel (of all channels when it is absent) with a higher number, from `oldest` on, in order. */
  public after(channel: string | undefined, replayId: number, oldest: number, limit: number): ChangeNotice[] {
    return this.database
      .all<{ replayId: number; notice: string }>(
        `SELECT replayId, notice FROM _change WHERE replayId > ? AND at >= ? AND (? IS NULL AND channel <> '' OR channel = ?)
         ORDER BY replayId LIMIT ?`,
        replayId,
        oldest,
        channel,
        channel,
        limit
      )
      .map((row) => ({ replayId: row.replayId, ...(JSON.parse(row.notice) as Omit<ChangeNotice, 'replayId'>) }));
  }

  /** A number without an event, for subscribers who ask where the log stands. */
  public mark(at: number): number {
    this.database.run(`INSERT INTO _change (channel, at, notice) VALUES ('', ?, '{}')`, at);
    return this.last();
  }

  /** Milliseconds since the epoch at which this number was given out; undefined when it is not kept (any more). */
  public givenAt(replayId: number): number | undefined {
    return this.database.first<{ at: number }>(`SELECT at FROM _change WHERE replayId = ?`, replayId)?.at;
  }

  /** The highest number given out; 0 before the first. */
  public last(): number {
    return this.database.first<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = '_change'`)?.seq ?? 0;
  }

  public prune(oldest: number): void {
    this.database.run(`DELETE FROM _change WHERE at < ?`, oldest);
  }
}
