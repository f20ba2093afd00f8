import type {
  Coupling,
  CouplingQuery,
  IssueCause,
  IssueQuery,
  LedgerEntry,
  ListedDispute,
  ListedIssue,
  Page
} from './port.js';

const byKey = (first: LedgerEntry, second: LedgerEntry): number => (first.leftKey < second.leftKey ? -1 : 1);

function page(entries: Iterable<LedgerEntry>, { after }: Page): LedgerEntry[] {
  return [...entries].filter(({ leftKey }) => after === undefined || leftKey > after).sort(byKey);
}

export function issuesIn(entries: Iterable<LedgerEntry>, query: IssueQuery): ListedIssue[] {
  const { state, code, limit } = query;
  return page(entries, query)
    .flatMap(({ leftKey, issue }) => (issue ? [{ leftKey, ...issue }] : []))
    .filter((issue) => (state ?? issue.state) === issue.state && (code ?? issue.code) === issue.code)
    .slice(0, limit);
}

export function couplingsIn(entries: Iterable<LedgerEntry>, query: CouplingQuery): Coupling[] {
  return page(entries, query)
    .flatMap(({ coupling }) => (coupling ? [coupling] : []))
    .filter(({ state }) => (query.state ?? state) === state)
    .slice(0, query.limit);
}

export function disputesIn(entries: Iterable<LedgerEntry>, query: Page): ListedDispute[] {
  return page(entries, query)
    .flatMap(({ leftKey, dispute }) => (dispute ? [{ leftKey, ...dispute }] : []))
    .slice(0, query.limit);
}

export function causesIn(entries: Iterable<LedgerEntry>): IssueCause[] {
  const causes = new Map<string, IssueCause>();
  for (const { leftKey, code, state } of issuesIn(entries, { limit: Infinity })) {
    const known = causes.get(code) ?? { code, count: 0, parked: 0, example: leftKey };
    causes.set(code, { ...known, count: known.count + 1, parked: known.parked + (state === 'parked' ? 1 : 0) });
  }
  return [...causes.values()].sort((one, two) => two.count - one.count || (one.code < two.code ? -1 : 1));
}
