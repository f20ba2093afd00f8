import { canonicalText } from '../../plugin/src/mapping/scalars.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';

export interface Version {
  value: JsonValue;
  /** `engine`, or who else. */
  by: string;
}

const canonical = (value: JsonValue): JsonValue => (typeof value === 'string' ? canonicalText(value) : value);

/** Every value that a field of a record ever had, in order, and who wrote it. */
export class History {
  private readonly versions = new Map<string, Version[]>();

  public add(key: string, field: string, value: JsonValue, by: string): void {
    const name = `${key} ${field}`;
    const list = this.versions.get(name);
    const version = { value: canonical(value), by };
    if (list) list.push(version);
    else this.versions.set(name, [version]);
  }

  /** The record never was: the transaction that made it was taken back. */
  public forget(key: string): void {
    for (const name of this.versions.keys()) if (name.startsWith(`${key} `)) this.versions.delete(name);
  }

  public of(key: string, field: string): readonly Version[] {
    return this.versions.get(`${key} ${field}`) ?? [];
  }
}
