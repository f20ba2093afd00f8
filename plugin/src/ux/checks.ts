import type { Check, CheckResult } from '../service/connections/index.js';

/** Texts of one command. */
export interface CheckTexts {
  check: (name: Check['check']) => string;
  outcome: (name: Check['outcome']) => string;
}

/** Rows of what was checked of a sign-in, for a table. */
export function checkRows({ checks }: Pick<CheckResult, 'checks'>, texts: CheckTexts): Record<string, string>[] {
  return checks.map(({ check, outcome, code, message }) => ({
    Check: texts.check(check),
    Result: texts.outcome(outcome),
    Code: code ?? '',
    Problem: message ?? ''
  }));
}

/** What to do about it, each step once. */
export const nextStepsOf = ({ checks }: Pick<CheckResult, 'checks'>): string[] => [
  ...new Set(checks.flatMap(({ nextSteps }) => nextSteps))
];
