import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Minutes of work in a few lines, which the sizes of the files do not tell. */
const LONG = /\/test\/simulator\/(planted-bugs|even-seeds|odd-seeds)\.test\.ts$/;

/** What takes longest begins first, so that the other process has enough to do meanwhile. */
export class LongestFirst extends BaseSequencer {
  public override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
