import type { MultiStageOutput } from '@oclif/multi-stage-output';
import type { DeployStage, JobProgress } from '../deploy/index.js';

interface StageData extends Record<string, unknown> {
  username: string;
  id: string;
  components: string;
}

export interface DeployStagesOptions {
  username: string;
  title: string;
  stages: Readonly<Record<DeployStage, string>>;
  /** Stages that will not take place, for example `assign` without permission sets. */
  without: readonly DeployStage[];
  labels: { org: string; id: string; components: string };
  jsonEnabled: boolean;
}

/** Progress of a deploy on a terminal; plain lines where output is not a terminal. */
export class DeployStages {
  private constructor(
    private readonly output: MultiStageOutput<StageData>,
    private readonly names: Readonly<Record<DeployStage, string>>
  ) {}

  public static async create(options: DeployStagesOptions): Promise<DeployStages> {
    // Chosen when the library is loaded; without it a pipe would get cursor movements.
    if (!process.stdout.isTTY) process.env['CI'] ??= 'true';
    const { MultiStageOutput: Output } = await import('@oclif/multi-stage-output');
    const shown = (Object.keys(options.stages) as DeployStage[]).filter((stage) => !options.without.includes(stage));
    const { labels, stages, username } = options;
    const output = new Output<StageData>({
      title: options.title,
      jsonEnabled: options.jsonEnabled,
      stages: shown.map((stage) => stages[stage]),
      data: { username },
      stageSpecificBlock: [
        { stage: stages.deploy, type: 'dynamic-key-value', label: labels.components, get: (data) => data?.components }
      ],
      postStagesBlock: [
        { type: 'static-key-value', label: labels.org, get: (data) => data?.username },
        { type: 'static-key-value', label: labels.id, get: (data) => data?.id }
      ]
    });
    return new DeployStages(output, stages);
  }

  public goto(stage: DeployStage): void {
    this.output.goto(this.names[stage]);
  }

  public progress({ id, done, total, errors }: JobProgress): void {
    const components = total === 0 ? '' : `${done}/${total}${errors > 0 ? ` (${errors} failed)` : ''}`;
    this.output.updateData({ id, components });
  }

  public stop(outcome: 'completed' | 'failed' | 'async'): void {
    this.output.stop(outcome);
  }
}
