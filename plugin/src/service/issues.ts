import type { LedgerChange, ListedIssue, OpenIssue } from '../ledger/index.js';
import { CosellError } from '../ports/errors.js';
import type { Desk } from './desk.js';
import { entriesOf, hurry } from './desk.js';

/** Issues read from the ledger at a time, and listed in a result. */
const PAGE = 1000;

export interface IssueEntry {
  key: string;
  code: string;
  state: OpenIssue['state'];
  attempts: number;
  /** Tried again from then on (ISO 8601 UTC); for a parked one, when it arose. */
  notBefore: string;
  message: string;
  nextStep: string;
}

export interface IssueCauseEntry {
  code: string;
  count: number;
  parked: number;
  message: string;
  /** What to do about it. */
  fix: string;
}

export interface IssueList {
  mapping: string;
  /** Most frequent first. */
  causes: IssueCauseEntry[];
  /** By record; at most 1,000. */
  issues: IssueEntry[];
  /** Of all causes asked for. */
  count: number;
}

/** Issues without a text of their own are failures that pass: nobody has to do anything. */
const PASSING = {
  message: 'The record could not be worked on yet.',
  nextStep: 'Nothing has to be done; it is tried again.'
};

function textOf(issues: OpenIssue['issues']): { message: string; nextStep: string } {
  if (issues.length === 0) return PASSING;
  return {
    message: issues.map(({ message }) => message).join(' '),
    nextStep: [...new Set(issues.map(({ nextStep }) => nextStep))].join(' ')
  };
}

const shown = ({ leftKey, code, state, attempts, notBefore, issues }: ListedIssue): IssueEntry => ({
  key: leftKey,
  code,
  state,
  attempts,
  notBefore,
  ...textOf(issues)
});

export interface IssueFilter {
  code?: string;
  state?: OpenIssue['state'];
}

const matches =
  ({ code, state }: IssueFilter) =>
  (issue: { code: string; parked: number; count: number }): boolean =>
    (code === undefined || issue.code === code) &&
    (state === undefined || (state === 'parked' ? issue.parked > 0 : issue.count > issue.parked));

/** Why records are not in step, by cause with what to do about it, and record by record. */
export async function listIssues(desk: Desk, filter: IssueFilter): Promise<IssueList> {
  const { ledger, mapping } = desk;
  const found = (await ledger.issueCauses(mapping.name)).filter(matches(filter));
  const examples = await ledger.entries(
    mapping.name,
    found.map(({ example }) => example)
  );
  const causes = found.map(({ code, count, parked, example }): IssueCauseEntry => {
    const { message, nextStep } = textOf(examples.get(example)?.issue?.issues ?? []);
    return { code, count, parked, message, fix: nextStep };
  });
  const issues = await ledger.issues(mapping.name, { limit: PAGE, ...filter });
  const size = ({ count, parked }: IssueCauseEntry): number =>
    filter.state === undefined ? count : filter.state === 'parked' ? parked : count - parked;
  const count = causes.reduce((sum, cause) => sum + size(cause), 0);
  return { mapping: mapping.name, causes, issues: issues.map(shown), count };
}

/** Which records to try again; one of them. */
export type RetryChoice = { records: readonly string[] } | { code: string } | { all: true };

export interface RetryResult {
  mapping: string;
  count: number;
  /** At most 1,000. */
  records: { key: string; code: string }[];
}

async function named(desk: Desk, records: readonly string[]): Promise<ListedIssue[]> {
  return (await entriesOf(desk, records)).map(({ leftKey, issue }) => {
    if (issue) return { leftKey, ...issue };
    throw new CosellError('ISSUE_UNKNOWN', `The record ${leftKey} has no open problem.`, [
      'List the records that have one: sf cosell issue list'
    ]);
  });
}

/** Everything there is, or all of a cause, page by page. */
async function* pages({ ledger, mapping }: Desk, code: string | undefined): AsyncGenerator<readonly ListedIssue[]> {
  for (let after: string | undefined; ;) {
    const page = await ledger.issues(mapping.name, {
      limit: PAGE,
      ...(code === undefined ? {} : { code }),
      ...(after === undefined ? {} : { after })
    });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.leftKey;
  }
}

async function nothingOf({ ledger, mapping }: Desk, code: string): Promise<CosellError> {
  const causes = (await ledger.issueCauses(mapping.name)).map((cause) => cause.code);
  const known = causes.length > 0 ? `Causes at present: ${causes.join(', ')}.` : 'There is no open problem at present.';
  return new CosellError('ISSUE_UNKNOWN', `No record has a problem with the cause ${code}.`, [known]);
}

/**
 * Clears the parked state, so that the next run tries again whatever the record's content is. The count of attempts stays:
 * a failure for the same cause parks the record at once.
 */
function tryAgain({ leftKey, ...issue }: ListedIssue, now: string): LedgerChange {
  return { leftKey, issue: { ...issue, state: 'retry', notBefore: now } };
}

/**
 * Has the next run try records again, before anything else.
 * @throws CosellError `RECORD_UNKNOWN`, `ISSUE_UNKNOWN`
 */
export async function retryIssues(desk: Desk, choice: RetryChoice): Promise<RetryResult> {
  const { ledger, mapping, clock } = desk;
  const code = 'code' in choice ? choice.code : undefined;
  const batches = 'records' in choice ? [await named(desk, choice.records)] : pages(desk, code);
  const records: RetryResult['records'] = [];
  let count = 0;
  for await (const batch of batches) {
    const now = new Date(clock.now()).toISOString();
    await ledger.commit(
      mapping.name,
      batch.map((issue) => tryAgain(issue, now))
    );
    const keys = batch.map(({ leftKey }) => leftKey);
    await hurry(desk, keys);
    count += batch.length;
    if (records.length < PAGE)
      records.push(...batch.map(({ leftKey, code: cause }) => ({ key: leftKey, code: cause })));
  }
  if (count === 0 && code !== undefined) throw await nothingOf(desk, code);
  return { mapping: mapping.name, count, records };
}
