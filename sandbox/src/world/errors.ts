/** Something a person can put right, said in one sentence with the next step. Printed without a stack. */
export class SandboxError extends Error {
  public override readonly name = 'SandboxError';

  public constructor(
    public readonly code:
      'PORT_IN_USE' | 'BUILD_MISSING' | 'DATA_STALE' | 'ALREADY_RUNNING' | 'NOT_RUNNING' | 'BAD_OPTION' | 'STEP_FAILED',
    message: string,
    public readonly nextStep: string
  ) {
    super(message);
  }
}
