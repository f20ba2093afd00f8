/** Calls made to systems, kept where all processes that share them can see it, and beyond their end. */
export interface CallLog {
  /** @param bucket start of the interval that the calls fall into, milliseconds since the epoch */
  add(system: string, bucket: number, calls: number): Promise<void>;
  /** Bucket → calls of all processes, for buckets that start at this time or later. */
  since(system: string, bucket: number): Promise<ReadonlyMap<number, number>>;
}
