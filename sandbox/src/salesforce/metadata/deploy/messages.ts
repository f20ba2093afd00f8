import type { DeployComponent } from '../package/collect.js';
import type { Deletion } from '../package/destructive.js';
import type { Problem } from '../package/problem.js';
import type { Org } from '../../core/contract.js';

/** One entry of `componentSuccesses` or `componentFailures` (Metadata API Developer Guide, DeployMessage). */
export interface DeployMessage {
  changed: boolean;
  columnNumber?: number;
  componentType: string;
  created: boolean;
  createdDate: string;
  deleted: boolean;
  fileName: string;
  fullName: string;
  lineNumber?: number;
  problem?: string;
  problemType?: 'Error' | 'Warning';
  success: boolean;
}

export function failureMessage(problem: Problem, createdDate: string): DeployMessage {
  const isError = problem.problemType === 'Error';
  return {
    changed: false,
    ...(problem.column ? { columnNumber: problem.column } : {}),
    componentType: problem.componentType,
    created: false,
    createdDate,
    deleted: false,
    fileName: problem.fileName,
    fullName: problem.fullName,
    ...(problem.line ? { lineNumber: problem.line } : {}),
    problem: problem.problem,
    problemType: problem.problemType,
    success: !isError
  };
}

/** Created, changed or the same as before, by the files that the organization holds. */
export function successMessage(component: DeployComponent, org: Org, createdDate: string): DeployMessage {
  const before = org.components.get(component.type, component.fullName)?.files;
  const isNew = before === undefined && !isStandard(component, org);
  return success(component, createdDate, { created: isNew, changed: isNew || !sameFiles(before, component.files) });
}

export function deletionMessage(deletion: Deletion, createdDate: string): DeployMessage {
  return success({ ...deletion }, createdDate, { deleted: true, changed: true });
}

/** The manifest itself is reported as a component without type. */
export function manifestMessage(fileName: string, createdDate: string): DeployMessage {
  return success({ type: '', fullName: 'package.xml', fileName }, createdDate, { changed: true });
}

function success(
  component: { type: string; fullName: string; fileName: string },
  createdDate: string,
  what: { created?: boolean; changed?: boolean; deleted?: boolean }
): DeployMessage {
  return {
    changed: what.changed ?? false,
    componentType: component.type,
    created: what.created ?? false,
    createdDate,
    deleted: what.deleted ?? false,
    fileName: component.fileName,
    fullName: component.fullName,
    success: true
  };
}

/** Standard objects and fields exist before any deploy. */
function isStandard({ type, fullName }: DeployComponent, org: Org): boolean {
  const [object = '', field = ''] = fullName.split('.');
  if (type === 'CustomObject') return org.schema.object(fullName) !== undefined;
  return type === 'CustomField' && org.schema.field(object, field) !== undefined;
}

/** A child keeps a part of its parent's file, so the paths agree whatever folder the archive used. */
function sameFiles(
  before: Readonly<Record<string, Buffer>> | undefined,
  now: Readonly<Record<string, Buffer>>
): boolean {
  if (!before) return false;
  const paths = Object.keys(now);
  return (
    paths.length === Object.keys(before).length && paths.every((path) => before[path]?.equals(now[path] as Buffer))
  );
}
