import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generated } from '../../scripts/generate-validators.mjs';

/** A check that is kept as code has to say what its JSON Schema says. @param file from the root of the repository on */
export function itFitsItsSchema(file: string): void {
  it(`${file} fits its JSON Schema; else run node scripts/generate-validators.mjs`, () => {
    const kept = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    // Not compared by `toBe`: a difference of 90 KB helps nobody.
    expect(kept === generated()[file]).toBe(true);
  });
}
