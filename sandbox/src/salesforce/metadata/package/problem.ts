/** One entry of `componentFailures`, before it is rendered. */
export interface Problem {
  /** Empty for faults of the package itself. */
  componentType: string;
  fullName: string;
  /** Path inside the archive. */
  fileName: string;
  problem: string;
  /** Warnings do not fail the deploy. */
  problemType: 'Error' | 'Warning';
  line?: number;
  column?: number;
}

/** A component of the package: what `componentSuccesses` and retrieve know by type and full name. */
export interface PackageComponent {
  type: string;
  fullName: string;
  /** Path inside the archive of the file that declares it; a bundle is named by its folder. */
  fileName: string;
  /** Place of its own element. */
  line: number;
  column: number;
}

/** @returns an error at the component's own place, or at `place` inside it */
export function problemOf(
  component: PackageComponent,
  problem: string,
  place?: { line: number; column: number; fileName?: string }
): Problem {
  return {
    componentType: component.type,
    fullName: component.fullName,
    fileName: place?.fileName ?? component.fileName,
    problem,
    problemType: 'Error',
    line: place?.line ?? component.line,
    column: place?.column ?? component.column
  };
}

export function packageProblem(fullName: string, problem: string, place?: { line: number; column: number }): Problem {
  return { componentType: '', fullName, fileName: 'package.xml', problem, problemType: 'Error', ...place };
}
