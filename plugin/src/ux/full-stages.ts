import type { ParallelMultiStageOutput } from '@oclif/multi-stage-output';
import type { FullRun, FullStep, StepState, StepStatus } from '../coupling/full/index.js';

type Data = Record<string, string>;
type Status = Parameters<ParallelMultiStageOutput<Data>['updateStage']>[1];

const SHOWN: Readonly<Record<StepState, Status>> = {
  waiting: 'pending',
  running: 'current',
  done: 'completed',
  partial: 'warning',
  failed: 'failed',
  blocked: 'skipped',
  unfinished: 'paused',
  nothing: 'completed'
};

/** What is said behind a mapping's name while it is under way. */
function progressOf({ progress, matched, result }: StepStatus): string {
  const parts = [
    ...(matched ? [`${matched.coupled} coupled`] : []),
    ...(progress ? [progress.total === undefined ? `${progress.done}` : `${progress.done} of ${progress.total}`] : []),
    ...(result ? countsOf(result.counts) : [])
  ];
  return parts.join(', ');
}

/** Counts that say what was done, without those that are nought. */
export function countsOf(counts: Readonly<Record<string, number>>): string[] {
  const names: Readonly<Record<string, string>> = {
    created: 'created in Business Central',
    takenIn: 'created in Salesforce',
    updatedRight: 'updated in Business Central',
    updatedLeft: 'updated in Salesforce',
    attention: 'need attention',
    conflicts: 'in conflict',
    rejected: 'refused',
    failed: 'failed'
  };
  return Object.entries(names).flatMap(([name, words]) =>
    (counts[name] ?? 0) > 0 ? [`${counts[name]} ${words}`] : []
  );
}

/** One line per mapping on a terminal, several of them under way at once; plain lines where output is not a terminal. */
export class FullStages {
  private readonly shown = new Map<string, StepState>();

  private constructor(private readonly output: ParallelMultiStageOutput<Data>) {}

  public static async create(
    title: string,
    steps: readonly Pick<FullStep, 'mapping' | 'label'>[],
    jsonEnabled: boolean
  ): Promise<FullStages> {
    // Chosen when the library is loaded; without it a pipe would get cursor movements.
    if (!process.stdout.isTTY) process.env['CI'] ??= 'true';
    const { ParallelMultiStageOutput: Output } = await import('@oclif/multi-stage-output');
    const output = new Output<Data>({
      title,
      jsonEnabled,
      stages: steps.map(({ label }) => label),
      stageSpecificBlock: steps.map(({ mapping, label }) => ({
        stage: label,
        type: 'dynamic-key-value',
        label: 'Records',
        get: (data?: Data) => (data?.[mapping] === '' ? undefined : data?.[mapping])
      }))
    });
    return new FullStages(output);
  }

  public show({ steps }: FullRun): void {
    for (const step of steps) {
      const { mapping, label, state } = step;
      const text = progressOf(step);
      if (this.shown.get(mapping) === state) {
        if (text !== '') this.output.updateData({ [mapping]: text });
        continue;
      }
      this.shown.set(mapping, state);
      if (state !== 'waiting') this.output.updateStage(label, SHOWN[state], { [mapping]: text });
    }
  }

  /** Leaves the lines as they are: each mapping says how it ended. */
  public stop(): void {
    this.output.stop('completed');
  }
}
