/** Statuses of the Metadata API that matter here; a job that is still at work counts as `InProgress`. */
export type DeployStatus = 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceled' | 'InProgress';

export interface DeployedComponent {
  type: string;
  fullName: string;
  state: 'Created' | 'Changed' | 'Unchanged' | 'Deleted';
}

export interface ComponentFailure {
  /** Empty when the failure is about the deploy as a whole. */
  type: string;
  fullName: string;
  problem: string;
  /** Relative to the package. */
  filePath?: string;
  line?: number;
  column?: number;
}

export interface PermissionSetResult {
  name: string;
  outcome: 'assigned' | 'alreadyAssigned';
}

export interface ChangeEventResult {
  /** Entities this package selects, for example `OpportunityChangeEvent`. */
  entities: string[];
  /** Entities selected in the org after the deploy. */
  selected: number;
  limit: number;
}

/** Result of `sf cosell deploy --json`; described by plugin/schemas/cosell-deploy.json. */
export interface CosellDeployResult {
  orgId: string;
  username: string;
  /** Id of the deploy job. */
  id: string;
  status: DeployStatus;
  /** Validated only; nothing was changed. */
  checkOnly: boolean;
  components: DeployedComponent[];
  failures: ComponentFailure[];
  changeEvents: ChangeEventResult | null;
  permissionSets: PermissionSetResult[];
}

/** Exit codes of the official deploy commands. */
export const exitCodes: Readonly<Record<DeployStatus, number>> = {
  Succeeded: 0,
  Failed: 1,
  Canceled: 1,
  SucceededPartial: 68,
  InProgress: 69
};
