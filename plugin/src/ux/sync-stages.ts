import type { MultiStageOutput } from '@oclif/multi-stage-output';
import type { RunProgress } from '../sync/index.js';

interface StageData extends Record<string, unknown> {
  username: string;
  records: string;
}

export interface SyncStagesOptions {
  username: string;
  title: string;
  /** A plan is not told to anybody. */
  stages: Readonly<Record<'reading' | 'working', string> & { telling?: string }>;
  labels: { org: string; records: string };
  jsonEnabled: boolean;
}

const ORDER: readonly RunProgress['stage'][] = ['reading', 'working', 'telling'];

/** Progress of a run on a terminal; plain lines where output is not a terminal. */
export class SyncStages {
  private reached = -1;

  private constructor(
    private readonly output: MultiStageOutput<StageData>,
    private readonly names: SyncStagesOptions['stages']
  ) {}

  public static async create({ username, title, stages, labels, jsonEnabled }: SyncStagesOptions): Promise<SyncStages> {
    // Chosen when the library is loaded; without it a pipe would get cursor movements.
    if (!process.stdout.isTTY) process.env['CI'] ??= 'true';
    const { MultiStageOutput: Output } = await import('@oclif/multi-stage-output');
    const output = new Output<StageData>({
      title,
      jsonEnabled,
      stages: ORDER.flatMap((stage) => stages[stage] ?? []),
      data: { username },
      stageSpecificBlock: [
        { stage: stages.working, type: 'dynamic-key-value', label: labels.records, get: (data) => data?.records }
      ],
      postStagesBlock: [{ type: 'static-key-value', label: labels.org, get: (data) => data?.username }]
    });
    return new SyncStages(output, stages);
  }

  /** Stages only go forward, although a run may read another page after it worked on one. */
  public progress({ stage, considered, done }: RunProgress): void {
    const position = ORDER.indexOf(stage);
    const name = this.names[stage];
    if (position > this.reached && name !== undefined) {
      this.reached = position;
      this.output.goto(name);
    }
    this.output.updateData({ records: `${done} of ${considered} looked at` });
  }

  public stop(outcome: 'completed' | 'failed'): void {
    this.output.stop(outcome);
  }
}
