// @ts-check
/** Figures of many rounds as one Markdown table. */

/** @typedef {Record<string, Record<string, Record<string, number | null>>>} Medians scenario → column → figure */

const median = (/** @type {number[]} */ numbers) => {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
};

/** @param {Record<string, Record<string, Record<string, number | null>[]>>} figures @returns {Medians} */
export const medians = (figures) =>
  Object.fromEntries(
    Object.entries(figures).map(([scenario, columns]) => [
      scenario,
      Object.fromEntries(
        Object.entries(columns).map(([column, rounds]) => [
          column,
          Object.fromEntries(
            Object.keys(rounds[0] ?? {}).map((name) => [name, median(rounds.map((figure) => Number(figure[name])))])
          )
        ])
      )
    ])
  );

/** Row of the table: text, target, scenario, figure. `{n}` is the number of records. */
const ROWS = /** @type {const} */ ([
  ['HTTP calls, {n} deals shared', '≤ 1,010', '0 ms', 'calls'],
  ['  seconds, answers at once', '', '0 ms', 'wallSeconds'],
  ['  seconds, answers after 50 ms', '≤ 8', '50 ms', 'wallSeconds'],
  ['  CPU seconds, start included', '', '0 ms', 'cpuSeconds'],
  ['  deals per CPU second, start included', '≥ 700', '0 ms', 'recordsPerCpuSecond'],
  ['  peak memory, MB', '≤ 120', '0 ms', 'peakMegabytes'],
  ['  most calls in flight, Salesforce', '', '50 ms', 'inFlightSalesforce'],
  ['  most calls in flight, Partner Center', '', '50 ms', 'inFlightPartnerCenter'],
  ['HTTP calls, {n} deals shared with help asked', '', 'help, 0 ms', 'calls'],
  ['duplicates after a second run', '0', '0 ms', 'duplicatesAfterSecondRun'],
  ['duplicates after a run that was killed half way', '0', 'killed', 'duplicatesAfterKill'],
  ['calls of an idle run, Salesforce', '≤ 3', '0 ms', 'idleCallsSalesforce'],
  ['calls of an idle run, Partner Center', '≤ 3', '0 ms', 'idleCallsPartnerCenter'],
  ['HTTP calls, {n} changed referrals back', '≤ 1,030', '0 ms', 'backCalls'],
  ['  seconds, answers at once', '', '0 ms', 'backWallSeconds']
]);

const cells = (/** @type {(string | number)[]} */ ...all) => `| ${all.join(' | ')} |`;
const shown = (/** @type {number | null | undefined} */ value) =>
  value === undefined || value === null || Number.isNaN(value) ? '–' : value.toLocaleString('en-US');

/** @param {Record<string, any>} extra */
const extraLines = ({ warm, toggle, ledger }) => [
  ...(warm
    ? [
        `Engine only, in a service that runs: ${warm.recordsPerCpuSecond} deals per CPU second, ` +
          `${warm.created} deals in ${warm.wallSeconds} s, peak ${warm.peakMegabytes} MB.`
      ]
    : []),
  ...Object.entries(toggle ?? {}).map(
    ([how, { p50, p95 }]) =>
      `Toggle to "Synced" ${how}: p50 ${(p50 / 1000).toFixed(1)} s, p95 ${(p95 / 1000).toFixed(1)} s.`
  ),
  ...(ledger ? ['', 'Ledger:', '', ledger] : [])
];

/**
 * @param {Medians} middle @param {readonly string[]} columns @param {Record<string, any>} extra
 * @param {{ records: number, rounds: number, node: string, cpus: number }} run
 */
export const tableOf = (middle, columns, extra, { records, rounds, node, cpus }) => {
  const rows = ROWS.filter(([, , scenario]) => middle[scenario] !== undefined).map(([text, target, scenario, figure]) =>
    cells(
      text.replace('{n}', shown(records)),
      // Targets are for 1,000 records.
      records === 1000 ? target : '',
      ...columns.map((column) => shown(middle[scenario]?.[column]?.[figure]))
    )
  );
  return [
    `${shown(records)} records, medians of ${rounds}, Node ${node}, ${cpus} CPUs.`,
    '',
    cells('measure', 'target', ...columns),
    cells('---', '---', ...columns.map(() => '---')),
    ...rows,
    '',
    ...extraLines(extra)
  ].join('\n');
};
