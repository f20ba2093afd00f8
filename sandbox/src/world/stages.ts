/** Staged progress on the terminal: one line per stage, with its time; plain lines, so that a log file reads the same. */
export interface Stages {
  run<T>(title: string, work: () => Promise<T>, describe?: (result: T) => string): Promise<T>;
  /** Milliseconds since the first stage began. */
  elapsed(): number;
}

export const terminalStages = (write: (text: string) => void, now: () => number): Stages => {
  const started = now();
  return {
    elapsed: () => now() - started,
    run: async (title, work, describe) => {
      const from = now();
      try {
        const result = await work();
        const detail = describe?.(result) ?? '';
        write(
          `  ✔ ${title.padEnd(24)}${((now() - from) / 1000).toFixed(1).padStart(5)} s${detail === '' ? '' : `   ${detail}`}\n`
        );
        return result;
      } catch (error) {
        write(`  ✖ ${title}\n`);
        throw error;
      }
    }
  };
};
