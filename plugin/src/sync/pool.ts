/**
 * Runs `work` over the items, at most `width` at a time. After a failure, or once `signal` is aborted, no further item is
 * started; those in hand finish first. Returns how many were started. Rejects with the first failure.
 */
export async function eachBounded<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal
): Promise<number> {
  let started = 0;
  let failure: { reason: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (started < items.length && failure === undefined && signal?.aborted !== true) {
      const item = items[started] as T;
      started += 1;
      try {
        await work(item);
      } catch (reason) {
        failure ??= { reason };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failure) throw failure.reason;
  return started;
}
