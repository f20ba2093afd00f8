import type { CatalogueSolution, SolutionRow } from '../../connectors/salesforce/index.js';
import type { CsvRow } from './csv.js';

export type SolutionAction = 'create' | 'update' | 'same' | 'refused';

/** What an import does with a row, and why. */
export interface PlannedSolution {
  /** Line of the file; null where the row comes from a referral. */
  line: number | null;
  id: string;
  name: string;
  action: SolutionAction;
  /** What changes, or why the row is refused; empty for the others. */
  reason: string;
  /** What is written; absent where nothing is. */
  row?: SolutionRow;
}

/** Lengths of the fields, as the package defines them; Name is the platform's. */
const LENGTHS = { id: 100, name: 80, type: 50, publisher: 255 } as const;
const SWITCH: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false
};

const keyOf = (id: string): string => id.toLowerCase();

function faultOf({ values }: CsvRow, lines: ReadonlyMap<string, number>): string | undefined {
  const { id = '', name = '', active = '' } = values;
  if (id === '') return 'The solution identifier is empty.';
  if (/\s/.test(id)) return 'The solution identifier holds a blank.';
  if (name === '') return 'The solution name is empty.';
  for (const [column, limit] of Object.entries(LENGTHS)) {
    const length = values[column as keyof typeof LENGTHS]?.length ?? 0;
    if (length > limit) return `The ${column} has ${length} characters; ${limit} are possible.`;
  }
  if (active !== '' && SWITCH[active.toLowerCase()] === undefined) return 'Active is neither true nor false.';
  const before = lines.get(keyOf(id));
  return before === undefined ? undefined : `The same identifier stands on line ${before}.`;
}

/** A column that the file does not have, or leaves empty, keeps what the catalogue says. */
function rowOf({ values }: CsvRow, known: CatalogueSolution | undefined): SolutionRow {
  const { id = '', name = '', type = '', publisher = '', active = '' } = values;
  return {
    id: known?.id ?? id,
    name,
    type: type === '' ? (known?.type ?? null) : type,
    publisher: publisher === '' ? (known?.publisher ?? null) : publisher,
    active: SWITCH[active.toLowerCase()] ?? known?.active ?? true
  };
}

const NAMES = { name: 'name', type: 'type', publisher: 'publisher', active: 'active' } as const;

function changesOf(row: SolutionRow, known: CatalogueSolution): string {
  return (Object.keys(NAMES) as (keyof typeof NAMES)[])
    .filter((name) => row[name] !== known[name])
    .map((name) => `${name}: ${String(known[name] ?? '–')} → ${String(row[name] ?? '–')}`)
    .join('; ');
}

/** What an import of rows would do to the catalogue. Pure; the same rows again change nothing. */
export function planImport(rows: readonly CsvRow[], catalogue: readonly CatalogueSolution[]): PlannedSolution[] {
  const known = new Map(catalogue.map((solution) => [keyOf(solution.id), solution]));
  const lines = new Map<string, number>();
  return rows.map((source): PlannedSolution => {
    const { line, values } = source;
    const { id = '', name = '' } = values;
    const fault = faultOf(source, lines);
    if (fault !== undefined) return { line, id, name, action: 'refused', reason: fault };
    lines.set(keyOf(id), line);
    const before = known.get(keyOf(id));
    const row = rowOf(source, before);
    if (before === undefined) return { line, id, name, action: 'create', reason: '', row };
    const reason = changesOf(row, before);
    return reason === ''
      ? { line, id, name, action: 'same', reason }
      : { line, id, name, action: 'update', reason, row };
  });
}

/** A solution as referrals name it. */
export interface SeenSolution {
  id: string;
  name: string | null;
  publisher: string | null;
}

/** Solutions that referrals name and the catalogue does not have; what the catalogue has stays as it is. */
export function planLearning(seen: Iterable<SeenSolution>, catalogue: readonly CatalogueSolution[]): PlannedSolution[] {
  const known = new Set(catalogue.map(({ id }) => keyOf(id)));
  const found = new Map<string, SeenSolution>();
  for (const solution of seen) {
    const before = found.get(keyOf(solution.id));
    found.set(keyOf(solution.id), {
      id: before?.id ?? solution.id,
      name: before?.name ?? solution.name,
      publisher: before?.publisher ?? solution.publisher
    });
  }
  return [...found.values()].map(({ id, name, publisher }): PlannedSolution => {
    // Partner Center does not always name a solution; its identifier is better than no entry.
    const shown = (name ?? id).slice(0, LENGTHS.name);
    if (known.has(keyOf(id))) return { line: null, id, name: shown, action: 'same', reason: '' };
    const row = {
      id,
      name: shown,
      type: null,
      publisher: publisher?.slice(0, LENGTHS.publisher) ?? null,
      active: true
    };
    return { line: null, id, name: shown, action: 'create', reason: '', row };
  });
}
