/** Days as [first, after last), in UTC; the org's users keep GMT. */
export interface DayRange {
  from: string;
  to: string;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';
const monthsOf: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Literals with a fixed meaning: unit, and how many units from the current one. */
const fixed: Readonly<Record<string, readonly [Unit, number]>> = {
  YESTERDAY: ['DAY', -1],
  TODAY: ['DAY', 0],
  TOMORROW: ['DAY', 1],
  LAST_WEEK: ['WEEK', -1],
  THIS_WEEK: ['WEEK', 0],
  NEXT_WEEK: ['WEEK', 1],
  LAST_MONTH: ['MONTH', -1],
  THIS_MONTH: ['MONTH', 0],
  NEXT_MONTH: ['MONTH', 1],
  LAST_QUARTER: ['QUARTER', -1],
  THIS_QUARTER: ['QUARTER', 0],
  NEXT_QUARTER: ['QUARTER', 1],
  LAST_YEAR: ['YEAR', -1],
  THIS_YEAR: ['YEAR', 0],
  NEXT_YEAR: ['YEAR', 1]
};

/** Range of a date literal (SOQL and SOSL Reference, date formats and date literals); undefined when unknown. */
export function dayRange(literal: string, now: Date): DayRange | undefined {
  const [rawName = '', count] = literal.toUpperCase().split(':');
  const name = rawName.replace('FISCAL_', '');
  const today = startOf('DAY', now);
  if (name === 'LAST_90_DAYS') return range(addDays(today, -89), addDays(today, 1));
  if (name === 'NEXT_90_DAYS') return range(addDays(today, 1), addDays(today, 91));
  const known = fixed[name];
  if (known !== undefined) {
    const [unit, shift] = known;
    const start = add(unit, startOf(unit, now), shift);
    return range(start, add(unit, start, 1));
  }
  return count === undefined ? undefined : counted(name, Number(count), now);
}

/** LAST_N_DAYS:n includes today; the others count whole units before or after the current one. */
function counted(name: string, count: number, now: Date): DayRange | undefined {
  const match = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/.exec(name);
  if (match === null) return undefined;
  const unit = (match[2] ?? match[3]) as Unit;
  const current = startOf(unit, now);
  if (match[3] !== undefined) {
    const start = add(unit, current, -count);
    return range(start, add(unit, start, 1));
  }
  if (match[1] === 'NEXT') return range(add(unit, current, 1), add(unit, current, count + 1));
  const end = unit === 'DAY' ? add(unit, current, 1) : current;
  return range(add(unit, current, -count), end);
}

function startOf(unit: Unit, instant: Date): Date {
  const day = new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()));
  if (unit === 'DAY') return day;
  // Weeks begin on Sunday in the default locale en_US.
  if (unit === 'WEEK') return addDays(day, -day.getUTCDay());
  const months = monthsOf[unit] ?? 1;
  return new Date(Date.UTC(day.getUTCFullYear(), Math.floor(day.getUTCMonth() / months) * months, 1));
}

function add(unit: Unit, start: Date, count: number): Date {
  if (unit === 'DAY') return addDays(start, count);
  if (unit === 'WEEK') return addDays(start, 7 * count);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + (monthsOf[unit] ?? 1) * count, 1));
}

function addDays(day: Date, count: number): Date {
  return new Date(day.getTime() + count * 86_400_000);
}

function range(from: Date, to: Date): DayRange {
  return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
}
