// @ts-check
/** The most memory that this process has had, in megabytes. */
import { readFileSync } from 'node:fs';

/**
 * Linux tells of the program itself (`VmHWM`, proc(5)); what `getrusage` tells there begins with the peak of whoever started
 * it, so that a small program started by a large one looks as large. Elsewhere `getrusage` is all there is.
 *
 * @returns {number}
 */
export const peakMegabytes = () => {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) / 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS / 1024;
};
