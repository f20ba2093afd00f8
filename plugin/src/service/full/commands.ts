import type { FullRun, FullStep } from '../../coupling/full/index.js';
import { newRun } from '../../coupling/full/index.js';
import { systemRandom } from '../../ports/random.js';
import type { SyncInput } from '../commands.js';
import { mappingRunner } from '../coupling/runner.js';
import type { CouplingPorts } from '../coupling/open.js';
import { openCouplings } from '../coupling/open.js';
import { silentLog } from '../log.js';
import { settingsOf } from '../settings-of.js';
import type { SignalSource } from '../signals.js';
import { stopOnSignals } from '../signals.js';
import type { FullRequest, FullSync } from './full-sync.js';
import { beginFull, resumeFull, reviewFull } from './full-sync.js';
import { readFull, saveFull } from './store.js';

/** What `sf cosell sync full` hands over. */
export interface FullInput extends SyncInput {
  /** For tests. @default those of the sf CLI */
  ports?: CouplingPorts;
}

type Wishes = Omit<FullRequest, 'signal'>;

/** Opens everything that is switched on, does something with it, and closes it. */
async function withFull<T>(input: FullInput, work: (full: FullSync) => Promise<T>): Promise<T> {
  const { session, ports } = input;
  const couplings = await openCouplings(settingsOf(input), session, { ...ports, bulk: true });
  const { ledger, clock, settings } = couplings;
  const enabled = Object.entries(settings.businessCentral.mappings).filter(([, { enabled: on }]) => on);
  const mappings = enabled.map(([name]) => name);
  try {
    return await work({ runner: mappingRunner(couplings), ledger, clock, random: systemRandom, mappings });
  } finally {
    await couplings.close();
  }
}

/** The first Ctrl-C lets the records in hand finish, the second one ends the process. */
async function untilSignal<T>(source: SignalSource, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = stopOnSignals(source, silentLog);
  try {
    return await work(stop.signal);
  } finally {
    stop.dispose();
  }
}

const never = (): AbortSignal => new AbortController().signal;

/** The parts of `sf cosell sync full`. */
export const fullSync = {
  review: (input: FullInput, wishes: Wishes): Promise<FullStep[]> =>
    withFull(input, (full) => reviewFull(full, { ...wishes, signal: never() })),

  begin: (input: FullInput, source: SignalSource, wishes: Wishes): Promise<FullRun | undefined> =>
    untilSignal(source, (signal) => withFull(input, (full) => beginFull(full, { ...wishes, signal }))),

  resume: (input: FullInput, source: SignalSource, id: string | undefined, wishes: Wishes): Promise<FullRun> =>
    untilSignal(source, (signal) => withFull(input, (full) => resumeFull(full, id, { ...wishes, signal }))),

  /** Reviews, asks, and leaves a run behind that another process can resume. */
  prepare: (input: FullInput, wishes: Wishes): Promise<FullRun | undefined> =>
    withFull(input, async (full) => {
      const steps = await reviewFull(full, { ...wishes, signal: never() });
      if (wishes.confirm && !(await wishes.confirm(steps))) return undefined;
      const begun = newRun(full.random.uuid(), new Date(full.clock.now()).toISOString(), steps);
      const run: FullRun = { ...begun, outcome: 'unfinished' };
      await saveFull(full.ledger, run);
      return run;
    }),

  status: (input: FullInput, id: string | undefined): Promise<FullRun> =>
    withFull(input, ({ ledger }) => readFull(ledger, id))
};
