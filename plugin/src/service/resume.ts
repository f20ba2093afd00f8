import type { ResumeResult } from '../sync/index.js';
import { resumeRuns } from '../sync/index.js';
import { exitCodeOf, exitCodes } from './commands.js';
import type { EngineInput } from './with-sync.js';
import { withSync } from './with-sync.js';

/** Finishes what earlier runs left, without looking for changes. */
export const syncResume = (input: EngineInput): Promise<ResumeResult> => withSync(input, resumeRuns);

export const resumeExitCode = ({ run }: ResumeResult): number => (run ? exitCodeOf(run) : exitCodes.success);
