/** The org's clock: the given source plus an offset that tests move. */
export class OrgClock {
  private offset = 0;

  public constructor(private readonly source: () => Date) {}

  public now(): Date {
    return new Date(this.source().getTime() + this.offset);
  }

  /** Moves the clock by milliseconds; negative values move it back. */
  public move(milliseconds: number): void {
    this.offset += milliseconds;
  }

  /** Makes the clock show this instant now; it goes on running from there. */
  public set(instant: Date): void {
    this.offset = instant.getTime() - this.source().getTime();
  }
}

/** Salesforce keeps whole seconds: the stored milliseconds are always zero. */
export function storedInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}.000Z`;
}

/** `2026-01-31T10:00:00.000Z` as REST answers write it: `2026-01-31T10:00:00.000+0000`. */
export function wireInstant(stored: string): string {
  return `${stored.slice(0, -1)}+0000`;
}
