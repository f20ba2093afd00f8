/**
 * Replay ids as they go over the wire. For subscribers they are opaque; some read them as a number of eight bytes, the way the
 * service writes them, so that is what they are here.
 */
export function encodeReplayId(position: number): Buffer {
  const id = Buffer.alloc(8);
  id.writeBigUInt64BE(BigInt(position));
  return id;
}

/** The place in the log; undefined when the bytes are no replay id. */
export function decodeReplayId(id: Buffer): number | undefined {
  if (id.length !== 8) return undefined;
  const position = Number(id.readBigUInt64BE());
  return Number.isSafeInteger(position) ? position : undefined;
}
