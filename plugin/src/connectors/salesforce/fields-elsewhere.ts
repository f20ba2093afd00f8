import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { OrgShape } from './org-shape.js';
import { nextPage, pageOf, queryPath } from './query.js';
import type { QueryPage } from './query.js';
import { chunks } from './reading.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { faultsOf } from './rest-errors.js';

/** What an org that ran Microsoft's connector keeps on its opportunities (connector-salesforce, manual instructions of 2020). */
export const adoptable = [
  'Sync_with_Partner_Center__c',
  'Referral_Identifier__c',
  'Referral_Link__c',
  'How_can_Microsoft_help__c',
  'Audit__c'
] as const;
type Adoptable = (typeof adoptable)[number];

/** A field of another name that holds what one of ours is made for. */
export interface FieldPair {
  from: string;
  to: Adoptable;
}

/** A record that cannot be copied. */
export interface CopyFault {
  key: string;
  code: string;
  message: string;
}

export interface CopyResult {
  /** Records where something is to be copied, and where it was. */
  pending: number;
  copied: number;
  /** Records of which a field of ours holds another value already; ours stays. */
  different: number;
  /** At most 1,000. */
  faults: CopyFault[];
}

const LISTED = 1_000;
const ROWS_PER_CALL = 200;

/** Fields of a package's namespace: the same names behind `prefix__`. */
export function fieldsElsewhere({ types }: Pick<OrgShape, 'types'>): FieldPair[] {
  return Object.keys(types).flatMap((name): FieldPair[] => {
    const [, own] = /^[A-Za-z]\w*?__(\w+__c)$/.exec(name) ?? [];
    const to = adoptable.find((field) => field.toLowerCase() === own?.toLowerCase());
    return to === undefined || name === to ? [] : [{ from: name, to }];
  });
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || value === false;

interface Judged {
  /** What is to be written; without a member nothing is. */
  update: JsonObject;
  different: boolean;
}

/** A field of ours that holds something is never overwritten. */
function judge(row: JsonObject, pairs: readonly FieldPair[]): Judged {
  const filled = pairs.filter(({ from }) => !isEmpty(row[from]));
  const copies = filled.filter(({ to }) => isEmpty(row[to]));
  return {
    update: Object.fromEntries(copies.map(({ from, to }) => [to, row[from] as JsonValue])),
    different: filled.some(({ from, to }) => !isEmpty(row[to]) && row[from] !== row[to])
  };
}

function selection(pairs: readonly FieldPair[]): string {
  const columns = new Set(['Id', ...pairs.flatMap(({ from, to }) => [from, to])]);
  const telling = pairs.filter(({ to }) => to === 'Sync_with_Partner_Center__c' || to === 'Referral_Identifier__c');
  const filters = telling.map(({ from, to }) =>
    to === 'Referral_Identifier__c' ? `${from} != null` : `${from} = true`
  );
  return `SELECT ${[...columns].join(', ')} FROM Opportunity WHERE ${filters.join(' OR ')} ORDER BY Id`;
}

/** One call for 200 rows; all fields of a row go in or none, so that no record is shared without its identifier. */
async function write(rest: Rest, rows: readonly (JsonObject & { Id: string })[], result: CopyResult): Promise<void> {
  for (const group of chunks(rows, ROWS_PER_CALL)) {
    const records = group.map((row) => ({ attributes: { type: 'Opportunity' }, ...row }));
    const body = { allOrNone: false, records };
    const path = `${dataRoot}/composite/sobjects`;
    const { json } = await rest.call({ method: 'PATCH', path, body, repeatable: true });
    group.forEach(({ Id: key }, index) => {
      const answer = (json as JsonObject[])[index];
      if (answer?.['success'] === true) {
        result.copied += 1;
        return;
      }
      const { code, message } = faultsOf(answer?.['errors'])[0] ?? { code: 'UNKNOWN_EXCEPTION', message: '' };
      if (result.faults.length < LISTED) result.faults.push({ key, code, message });
    });
  }
}

/**
 * Copies what fields of other names hold into ours where ours are empty, page by page. Repeatable: what was copied is no longer
 * pending.
 * @param dryRun count only
 */
export async function copyFields(rest: Rest, pairs: readonly FieldPair[], dryRun: boolean): Promise<CopyResult> {
  const result: CopyResult = { pending: 0, copied: 0, different: 0, faults: [] };
  const path = queryPath(selection(pairs));
  let page: QueryPage | undefined = pageOf((await rest.call({ method: 'GET', path, repeatable: true })).json);
  while (page) {
    const updates: (JsonObject & { Id: string })[] = [];
    for (const row of page.records) {
      const { update, different } = judge(row, pairs);
      if (different) result.different += 1;
      if (Object.keys(update).length > 0) updates.push({ ...update, Id: String(row['Id']) });
    }
    result.pending += updates.length;
    if (!dryRun) await write(rest, updates, result);
    page = page.next === undefined ? undefined : await nextPage(rest, page.next);
  }
  return result;
}
