import type { DeployMessage } from './messages.js';
import type { DeployOptions } from './options.js';

export type DeployStatus =
  'Pending' | 'InProgress' | 'Canceling' | 'Canceled' | 'Succeeded' | 'SucceededPartial' | 'Failed';

/** A deploy as kept in the organization's documents. */
export interface DeployJob {
  id: string;
  status: DeployStatus;
  options: DeployOptions;
  createdBy: string;
  createdByName: string;
  createdDate: string;
  startDate?: string;
  completedDate?: string;
  /** Status checks answered so far: every check shows one step more at most. */
  checks: number;
  errorMessage?: string;
  errorStatusCode?: string;
  successes: DeployMessage[];
  failures: DeployMessage[];
}

/** Steps a client sees, one per status check, however fast the work is. */
export const visibleSteps: readonly DeployStatus[] = ['Pending', 'InProgress'];

/** From which status a deploy may go to which. */
export const transitions: Readonly<Record<DeployStatus, readonly DeployStatus[]>> = {
  Pending: ['InProgress', 'Canceled'],
  InProgress: ['Succeeded', 'SucceededPartial', 'Failed', 'Canceling'],
  Canceling: ['Canceled'],
  Canceled: [],
  Succeeded: [],
  SucceededPartial: [],
  Failed: []
};

export function isFinal(status: DeployStatus): boolean {
  return transitions[status].length === 0;
}
