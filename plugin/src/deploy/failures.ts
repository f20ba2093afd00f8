import { relative } from 'node:path';
import { ComponentStatus } from '@salesforce/source-deploy-retrieve';
import type { DeployMessage, FileResponse, MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';
import type { ComponentFailure } from './result.js';

interface Place {
  lineNumber?: number | string;
  columnNumber?: number | string;
}

function place({ lineNumber, columnNumber }: Place): Pick<ComponentFailure, 'line' | 'column'> {
  return {
    ...(lineNumber ? { line: Number(lineNumber) } : {}),
    ...(columnNumber ? { column: Number(columnNumber) } : {})
  };
}

/** The library adds line and column to the text; here they are members of their own. */
function withoutPlace(text: string): string {
  return text.replace(/ \(\d+:\d+\)$/, '');
}

function fromFile(file: FileResponse, root: string): ComponentFailure[] {
  if (file.state !== ComponentStatus.Failed) return [];
  const { type, fullName, error, filePath } = file;
  return [
    {
      type,
      fullName,
      problem: withoutPlace(error),
      ...(filePath ? { filePath: relative(root, filePath) } : {}),
      ...place(file)
    }
  ];
}

/** XML answers give a single entry without its list. */
function messages(value: DeployMessage | DeployMessage[] | undefined): DeployMessage[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function fromMessage(message: DeployMessage): ComponentFailure {
  const { componentType = '', fullName, problem = '', fileName } = message;
  return { type: componentType, fullName, problem, ...(fileName ? { filePath: fileName } : {}), ...place(message) };
}

/**
 * Every failure of a job: those that belong to one of our files with its path, those that do not (an error in a parent
 * that the org put together from several files) as the org named them, and the error of the job as a whole.
 */
export function failuresOf(
  files: readonly FileResponse[],
  status: MetadataApiDeployStatus,
  root: string
): ComponentFailure[] {
  const failures = files.flatMap((file) => fromFile(file, root));
  const nameOf = ({ type, fullName }: ComponentFailure): string => `${type}#${fullName}`;
  const known = new Set(failures.map(nameOf));
  for (const message of messages(status.details?.componentFailures).map(fromMessage)) {
    if (!known.has(nameOf(message))) failures.push(message);
  }
  if (failures.length > 0 || !status.errorMessage) return failures;
  return [{ type: '', fullName: '', problem: status.errorMessage }];
}
