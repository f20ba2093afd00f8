/** Deploy options as the API takes them (Metadata API Developer Guide, DeployOptions). */
export interface DeployOptions {
  allowMissingFiles: boolean;
  autoUpdatePackage: boolean;
  checkOnly: boolean;
  ignoreWarnings: boolean;
  performRetrieve: boolean;
  purgeOnDelete: boolean;
  rollbackOnError: boolean;
  runTests: readonly string[];
  singlePackage: boolean;
  testLevel: string;
}

const testLevels = ['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg', 'RunRelevantTests'];

/** A request the API refuses before it becomes a deploy. */
export class RequestFault extends Error {
  public override readonly name = 'RequestFault';

  public constructor(
    public readonly code: string,
    message: string
  ) {
    super(message);
  }
}

/**
 * Reads options from SOAP texts or JSON values.
 *
 * @throws RequestFault for a test level that does not exist, or tests named without RunSpecifiedTests
 */
export function deployOptions(given: Readonly<Record<string, unknown>>): DeployOptions {
  const flag = (name: string): boolean => given[name] === true || given[name] === 'true';
  const runTests = [given['runTests'] ?? []].flat().map(String);
  const testLevel = String(given['testLevel'] ?? 'NoTestRun');
  if (!testLevels.includes(testLevel)) {
    throw new RequestFault('INVALID_TYPE', `'${testLevel}' is not a valid value for the enum 'TestLevel'`);
  }
  if (runTests.length > 0 && testLevel !== 'RunSpecifiedTests') {
    throw new RequestFault('INVALID_OPERATION', 'runTests can be used only with a testLevel of RunSpecifiedTests');
  }
  return {
    allowMissingFiles: flag('allowMissingFiles'),
    autoUpdatePackage: flag('autoUpdatePackage'),
    checkOnly: flag('checkOnly'),
    ignoreWarnings: flag('ignoreWarnings'),
    performRetrieve: flag('performRetrieve'),
    purgeOnDelete: flag('purgeOnDelete'),
    rollbackOnError: flag('rollbackOnError'),
    runTests,
    singlePackage: flag('singlePackage'),
    testLevel
  };
}
