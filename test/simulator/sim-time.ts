interface Timer {
  at: number;
  /** Timers of one instant fire in the order in which they were set. */
  order: number;
  fire: () => void;
}

const before = (first: Timer, second: Timer): boolean =>
  first.at < second.at || (first.at === second.at && first.order < second.order);

/** One turn of the event loop: everything that promises can do without time passing is done afterwards. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Virtual time: a heap of timers. Nothing happens between two of them, and the same timers give the same run. */
export class SimTime {
  private readonly heap: Timer[] = [];
  private count = 0;
  private time = Date.UTC(2026, 0, 5, 9);
  public fired = 0;

  /** Milliseconds since the epoch of the one true time; clocks of machines and servers differ from it. */
  public now(): number {
    return this.time;
  }

  public at(time: number, fire: () => void): void {
    this.count += 1;
    this.push({ at: Math.max(time, this.time), order: this.count, fire });
  }

  public after(milliseconds: number, fire: () => void): void {
    this.at(this.time + milliseconds, fire);
  }

  /** Lets things happen until `finished` or until `limit` timers fired; `false` when the limit came first or nothing is left to happen. */
  public async run(finished: () => boolean, limit = 200_000): Promise<boolean> {
    for (let step = 0; step < limit; step += 1) {
      await drained();
      if (finished()) return true;
      const timer = this.pop();
      if (timer === undefined) return false;
      this.time = timer.at;
      this.fired += 1;
      timer.fire();
    }
    return false;
  }

  private push(timer: Timer): void {
    const { heap } = this;
    let index = heap.length;
    heap.push(timer);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent] as Timer)) break;
      heap[index] = heap[parent] as Timer;
      index = parent;
    }
    heap[index] = timer;
  }

  private pop(): Timer | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!before(heap[child] as Timer, last)) break;
      heap[index] = heap[child] as Timer;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}
