import { labelOf } from '../mapping/convert.js';
import type { ActiveRun } from './context.js';
import { labelsOf } from './context.js';
import type { PairWork } from './pair.js';
import type { PlannedOperation, PlannedRecord } from './plan-file.js';
import type { RemoteRecord } from './ports.js';
import { arrivalOf, arrivingIn, filledValues, foreignReference } from './taking-in.js';

/** Code of a record that is not taken in because it was already. */
export const TAKEN_IN = 'TAKEN_IN';

/** What a run would answer to a waiting request; nothing while the left record waits too. */
export function plannedAnswer(
  { inbound }: ActiveRun,
  { answer }: RemoteRecord,
  { request }: RemoteRecord
): PlannedOperation | undefined {
  if (inbound === undefined || request?.state !== 'waiting' || answer === undefined || answer.choice === 'wait')
    return undefined;
  if (answer.choice === 'accept') return { kind: 'answer', accept: true };
  return { kind: 'answer', accept: false, reason: answer.reason ?? inbound.declineReason };
}

function reasonOf(run: ActiveRun, { request, category }: RemoteRecord): string {
  const { left, right } = labelsOf(run);
  const what = category === 'lead' ? 'A lead' : 'A deal';
  const state = request?.state === 'waiting' ? ' that waits for an answer' : '';
  return `${what} of ${right}${state} has no record in ${left} yet.`;
}

/** What a run would do about a right record that nobody is coupled with; asks both systems, and writes to none. */
export async function planArrival(run: ActiveRun, work: PairWork, bare: PlannedRecord): Promise<PlannedRecord> {
  const skipped = (code: string, message: string): PlannedRecord => ({ ...bare, skipped: { code, message } });
  const arriving = await arrivingIn(run, work);
  if (!('right' in arriving)) {
    const { holder } = arriving;
    return holder === undefined
      ? skipped('NOT_TAKEN_IN', `It is closed in ${run.right.label}, or gone, or not to be taken in.`)
      : skipped(TAKEN_IN, `It is coupled with ${holder}.`);
  }
  const { right, inbound } = arriving;
  const known: PlannedRecord = { ...bare, rightKey: right.key };
  const foreign = foreignReference(run, inbound, right);
  if (foreign.length > 0) return { ...known, issues: foreign };
  const arrival = arrivalOf(run, right);
  const reception = await inbound.port.receive(arrival);
  if (reception.outcome === 'unclear') return { ...known, issues: reception.issues };
  if (reception.outcome === 'there') return skipped(TAKEN_IN, `${reception.key} names it already.`);
  const values = Object.entries(filledValues(run, right)).map(([field, value]) => ({
    ...{ field, label: labelOf(run.mapping, field), value }
  }));
  const { category } = arrival;
  return { ...known, operations: [{ kind: 'takeIn', category, reason: reasonOf(run, right), values }] };
}
