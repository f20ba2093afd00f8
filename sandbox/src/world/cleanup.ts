/** Undoes what was started, last first; one failing step does not keep the others from running. */
export class Cleanup {
  private readonly steps: (() => Promise<void> | void)[] = [];

  public add(step: () => Promise<void> | void): void {
    this.steps.push(step);
  }

  /** Throws the first failure after every step has run. */
  public async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
