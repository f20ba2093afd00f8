/** Rows that are not in the order they were asked for; the two sides cannot be walked along together. */
export class OutOfOrder extends Error {
  public override readonly name = 'OutOfOrder';
}

/** Passes rows on and throws `OutOfOrder` where an id is smaller than the one before. */
export async function* inOrder<T>(rows: AsyncIterable<T>, idOf: (row: T) => string): AsyncGenerator<T> {
  let last = '';
  for await (const row of rows) {
    const id = idOf(row);
    if (id < last) throw new OutOfOrder(`${id} comes after ${last}.`);
    last = id;
    yield row;
  }
}

/** Children in the order of their parents' ids, taken parent by parent; one row is held ahead. */
export class ChildCursor<T> {
  private readonly rows: AsyncIterator<T>;
  private ahead: T | undefined;
  private started = false;

  public constructor(
    rows: AsyncIterable<T>,
    private readonly parentIdOf: (row: T) => string
  ) {
    this.rows = inOrder(rows, parentIdOf)[Symbol.asyncIterator]();
  }

  /** The children of the next parent. Those of parents that were passed over are dropped. */
  public async take(parentId: string): Promise<T[]> {
    if (!this.started) await this.advance();
    this.started = true;
    while (this.ahead !== undefined && this.parentIdOf(this.ahead) < parentId) await this.advance();
    const children: T[] = [];
    while (this.ahead !== undefined && this.parentIdOf(this.ahead) === parentId) {
      children.push(this.ahead);
      await this.advance();
    }
    return children;
  }

  public async close(): Promise<void> {
    await this.rows.return?.();
  }

  private async advance(): Promise<void> {
    const next = await this.rows.next();
    this.ahead = next.done === true ? undefined : next.value;
  }
}
