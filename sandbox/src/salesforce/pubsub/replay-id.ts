import { createHmac, timingSafeEqual } from 'node:crypto';
import { RETENTION_MS } from '../core/change-log.js';

const LENGTH = 18;
const SIGNED = 14;

/**
 * Replay ids as subscribers see them: opaque bytes. They hold the place in the log, the instant from which they age (they
 * can be used for 72 hours) and a mark of the org, so that an id of another org or a mangled one is refused.
 */
export class ReplayIds {
  public constructor(private readonly orgId: string) {}

  /** @param at milliseconds since the epoch: the commit of the event, or now for the end of the log */
  public encode(position: number, at: number): Buffer {
    const id = Buffer.alloc(LENGTH);
    id.writeBigUInt64BE(BigInt(position), 0);
    id.writeUIntBE(at, 8, 6);
    this.mark(id).copy(id, SIGNED);
    return id;
  }

  /** The place in the log; undefined when the id is not ours, lies ahead of the log or is older than the window. */
  public decode(id: Buffer, last: number, now: number): number | undefined {
    if (id.length !== LENGTH || !timingSafeEqual(this.mark(id), id.subarray(SIGNED))) return undefined;
    const position = Number(id.readBigUInt64BE(0));
    return position <= last && id.readUIntBE(8, 6) >= now - RETENTION_MS ? position : undefined;
  }

  private mark(id: Buffer): Buffer {
    return createHmac('sha256', this.orgId)
      .update(id.subarray(0, SIGNED))
      .digest()
      .subarray(0, LENGTH - SIGNED);
  }
}
