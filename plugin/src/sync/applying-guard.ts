import { stableText } from '../mapping/compare.js';
import { toPathValues } from '../mapping/convert.js';
import type { Mapping, PathValues, Side } from '../mapping/types.js';
import { ConnectorError } from '../ports/errors.js';
import type { JsonObject } from '../ports/json.js';
import type { Arrival, Inbound } from './inbound.js';
import type { PlannedRecord } from './plan-file.js';
import type {
  Connector,
  CreatingConnector,
  RemoteRecord,
  RightAnswer,
  TellingConnector,
  WriteOptions,
  WriteResult
} from './ports.js';

const textOf = (values: PathValues): string => stableText({ ...values });

/** Same object, other methods: connectors keep state of their own, so they are not copied. */
function overriding<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(object, name) {
      const own = (methods as Record<string | symbol, unknown>)[name];
      if (own !== undefined) return own;
      const member: unknown = Reflect.get(object, name, object);
      return typeof member === 'function' ? (member.bind(object) as unknown) : member;
    }
  });
}

/**
 * Stands between the engine and both systems while a plan is carried out, and lets through what the plan says and nothing
 * else: a record that changes between the last look and the write would otherwise be brought in step with what it is now.
 */
export class PlanGuard {
  /** Writes let through that were carried out, by left key. */
  private readonly done = new Map<string, number>();
  private readonly allowed = new Map<string, { key: string; text: string }>();
  private readonly creations = new Map<string, string>();
  /** Right key → key of the record with the planned answer. */
  private readonly answers = new Map<string, { key: string; accept: boolean }>();
  /** What is planned for records of the right side that are taken in or passed on: right or new left key → key of the record. */
  private readonly moves = new Map<string, string>();
  /** Right keys of this run's creations: what a new record does not take on creation follows at once. */
  private readonly born = new Set<string>();
  private readonly refusals = new Set<string>();
  private readonly late: ReadonlySet<string>;

  public constructor(
    private readonly mapping: Mapping,
    records: readonly PlannedRecord[]
  ) {
    this.late = new Set(mapping.fields.flatMap(({ omitOnCreate, right }) => (omitOnCreate ? [right.path] : [])));
    for (const record of records) this.admit(record);
  }

  /** How many of a record's writes were carried out. */
  public written(key: string): number {
    return this.done.get(key) ?? 0;
  }

  /** Whether something else than planned was about to be written. */
  public refused(key: string): boolean {
    return this.refusals.has(key);
  }

  public left(connector: TellingConnector): TellingConnector {
    return overriding(connector, { update: this.update('left', connector) });
  }

  public right(connector: CreatingConnector): CreatingConnector {
    return overriding(connector, {
      update: this.update('right', connector),
      create: async (marker: string, values: PathValues, options?: WriteOptions): Promise<RemoteRecord> => {
        if (!this.creations.has(marker)) {
          this.refusals.add(marker);
          throw new ConnectorError(
            connector.system,
            'retryable',
            'CHANGED_SINCE_PLAN',
            'The plan creates nothing here.'
          );
        }
        const record = await connector.create(marker, values, options);
        this.born.add(record.key);
        this.count(marker);
        return record;
      },
      answer: async (current: RemoteRecord, answer: RightAnswer): Promise<WriteResult> => {
        const planned = this.answers.get(current.key);
        if (planned?.accept !== answer.accept) {
          this.refusals.add(planned?.key ?? current.counterpart ?? current.key);
          return { outcome: 'stale' };
        }
        const result = (await connector.answer?.(current, answer)) ?? { outcome: 'stale' };
        if (result.outcome === 'written') this.count(planned.key);
        return result;
      }
    });
  }

  /** Right records are taken in, and left ones passed on, where the plan says so. */
  public inbound({ port, ...rules }: Inbound): Inbound {
    const once = async <T>(target: string, work: () => Promise<T>): Promise<T> => {
      const key = this.moves.get(target);
      if (key === undefined) {
        this.refusals.add(target);
        throw new ConnectorError('plan', 'retryable', 'CHANGED_SINCE_PLAN', 'The plan takes nothing in here.');
      }
      const result = await work();
      this.count(key);
      return result;
    };
    return {
      ...rules,
      port: overriding(port, {
        takeIn: async (arrival: Arrival, details: JsonObject) =>
          once(arrival.rightKey, async () => port.takeIn(arrival, details)),
        succeed: async (key: string, arrival: Arrival) => once(key, async () => port.succeed(key, arrival))
      })
    };
  }

  private admit({ key, rightKey, operations }: PlannedRecord): void {
    const linked = operations.find((operation) => operation.kind === 'link');
    const keys = { left: key, right: linked?.kind === 'link' ? linked.rightKey : (rightKey ?? '') };
    for (const operation of operations) {
      if (operation.kind === 'create') this.creations.set(key, key);
      if (operation.kind === 'takeIn') this.moves.set(rightKey ?? '', key);
      if (operation.kind === 'passOn') this.moves.set(operation.to, key);
      if (operation.kind === 'answer') this.answers.set(keys.right, { key, accept: operation.accept });
      if (operation.kind !== 'update') continue;
      const changes = Object.fromEntries(operation.changes.map(({ field, newValue }) => [field, newValue]));
      const text = textOf(toPathValues(this.mapping, operation.side, changes));
      this.allowed.set(`${operation.side} ${keys[operation.side]}`, { key, text });
    }
  }

  private count(key: string): void {
    this.done.set(key, this.written(key) + 1);
  }

  private update(side: Side, connector: Connector): Connector['update'] {
    return async (current: RemoteRecord, values: PathValues, options?: WriteOptions): Promise<WriteResult> => {
      const planned = this.allowed.get(`${side} ${current.key}`);
      const follows =
        this.moves.has(current.key) ||
        (this.born.has(current.key) && Object.keys(values).every((path) => this.late.has(path)));
      if (!follows && planned?.text !== textOf(values)) {
        // As if somebody had changed the record: the engine reads again, and in the end leaves it to a later run.
        this.refusals.add(planned?.key ?? current.counterpart ?? current.key);
        return { outcome: 'stale' };
      }
      const result = await connector.update(current, values, options);
      if (result.outcome === 'written' && planned !== undefined) this.count(planned.key);
      return result;
    };
  }
}
