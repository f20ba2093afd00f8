import type Database from 'libsql';
import type { WebhookEvent } from './event-body.js';
import type { Mischief } from './mischief.js';

/** One try to deliver an event; the names are those of the validation result (Partner Center: webhooks). */
export interface Attempt {
  responseCode: string;
  responseMessage: string;
  systemError: boolean;
  dateTimeUtc: string;
}

export interface Delivery {
  seq: number;
  event: WebhookEvent;
  url: string;
  msSignatureHeader: boolean;
  /** `parked`: ten attempts failed, there is no further one. `dropped`: lost on purpose. */
  state: 'waiting' | 'delivered' | 'parked' | 'dropped';
  /** Milliseconds since the epoch on the service's clock. */
  nextAt: number;
  attempts: readonly Attempt[];
  correlationId: string | null;
  /** What a test asked to go wrong with it. */
  mischief: (Mischief & { kind: string }) | null;
}

type Row = Omit<Delivery, 'event' | 'attempts' | 'mischief' | 'msSignatureHeader'> & { content: string };

const COLUMNS = 'seq, url, state, next_at as nextAt, correlation_id as correlationId, content';

const deliveryOf = ({ content, ...row }: Row): Delivery => ({
  ...row,
  ...(JSON.parse(content) as Pick<Delivery, 'event' | 'attempts' | 'mischief' | 'msSignatureHeader'>)
});

/** Events on their way to receivers, and those that went. */
export class DeliveryStore {
  public constructor(private readonly database: Database.Database) {
    database.exec(`create table if not exists deliveries (
      seq integer primary key autoincrement,
      url text not null,
      state text not null,
      next_at integer not null,
      correlation_id text,
      content text not null
    )`);
  }

  public add(delivery: Omit<Delivery, 'seq'>): Delivery {
    const { event, attempts, mischief, msSignatureHeader, url, state, nextAt, correlationId } = delivery;
    const result = this.database
      .prepare('insert into deliveries (url, state, next_at, correlation_id, content) values (?, ?, ?, ?, ?)')
      .run(url, state, nextAt, correlationId, JSON.stringify({ event, attempts, mischief, msSignatureHeader }));
    return { ...delivery, seq: Number(result.lastInsertRowid) };
  }

  public update({ seq, state, nextAt, event, attempts, mischief, msSignatureHeader }: Delivery): void {
    this.database
      .prepare('update deliveries set state = ?, next_at = ?, content = ? where seq = ?')
      .run(state, nextAt, JSON.stringify({ event, attempts, mischief, msSignatureHeader }), seq);
  }

  public due(now: number): Delivery[] {
    const rows = this.database
      .prepare(`select ${COLUMNS} from deliveries where state = 'waiting' and next_at <= ? order by next_at, seq`)
      .all(now) as Row[];
    return rows.map(deliveryOf);
  }

  /** Newest first. */
  public latest(limit: number): Delivery[] {
    const rows = this.database
      .prepare(`select ${COLUMNS} from deliveries order by seq desc limit ?`)
      .all(limit) as Row[];
    return rows.map(deliveryOf);
  }

  public byCorrelation(correlationId: string): Delivery | undefined {
    const row = this.database
      .prepare(`select ${COLUMNS} from deliveries where correlation_id = ?`)
      .get(correlationId) as Row | undefined;
    return row && deliveryOf(row);
  }

  public clear(): void {
    this.database.exec('delete from deliveries');
  }
}
