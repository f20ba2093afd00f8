import { ApiError } from '../core/transport.js';
import type { CompiledQuery } from './compiled-query.js';

export interface Cursor {
  userId: string;
  query: CompiledQuery;
  /** Ids of the whole answer, in its order. */
  ids: readonly string[];
  version: string;
  batchSize: number;
}

/** A cursor of 100,000 ids takes about 5 MB. The last page stays readable, for a caller whose answer was lost. */
const MAX_CURSORS = 30;

/** Answers that did not fit in one page; the oldest are forgotten, as are all when the org stops. */
export class CursorStore {
  private readonly cursors = new Map<string, Cursor>();

  public constructor(private readonly newId: () => string) {}

  public open(cursor: Cursor): string {
    if (this.cursors.size >= MAX_CURSORS) this.cursors.delete(this.cursors.keys().next().value as string);
    const id = this.newId();
    this.cursors.set(id, cursor);
    return id;
  }

  /** `01g…-2000`: the cursor and how many records were read. Throws INVALID_QUERY_LOCATOR. */
  public read(locator: string, userId: string): { id: string; cursor: Cursor; offset: number } {
    const [id = '', position = ''] = locator.split('-');
    const cursor = this.cursors.get(id);
    const offset = Number(position);
    if (cursor?.userId !== userId || !Number.isInteger(offset) || offset < 0 || offset > cursor.ids.length) {
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return { id, cursor, offset };
  }
}
