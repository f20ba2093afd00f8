import type { Check, CheckResult } from '../service/connections/index.js';

/** Texts of one command. */
export interface CheckTexts {
  check: (name: Check['check']) => string;
  outcome: (name: Check['outcome']) => string;
}

/** Rows of what was checked, for a table: state, sentence and next step of each. */
export function checkRows({ checks }: Pick<CheckResult, 'checks'>, texts: CheckTexts): Record<string, string>[] {
  return checks.map(({ check, outcome, code, message, nextSteps }) => ({
    Check: texts.check(check),
    Result: texts.outcome(outcome),
    Code: code ?? '',
    Finding: message ?? '',
    'Next Step': nextSteps.join(' ')
  }));
}

/** What to do about what failed, each step once. */
export const nextStepsOf = ({ checks }: Pick<CheckResult, 'checks'>): string[] => [
  ...new Set(checks.filter(({ outcome }) => outcome === 'failed').flatMap(({ nextSteps }) => nextSteps))
];
