import type { JsonObject } from '../../../ports/json.js';
import type { RecordReport, RunRow, TellResult } from '../../../sync/ports.js';
import { maxQueriesPerComposite } from '../composite.js';
import { chunks } from '../reading.js';
import { issueText, sameStored } from '../report-fields.js';
import { runRecord } from '../run-record.js';
import { recordsPerCollection, resultsOf, storable, writePatiently } from '../tell.js';
import type { Refusal, Row, TellPorts } from '../tell.js';
import type { ObjectShape } from './object-shape.js';
import { erpFields } from './object-shape.js';

/** Four collections of a call; the fifth is for the run that rides along. */
const recordsPerCall = recordsPerCollection * (maxQueriesPerComposite - 1);

function wanted(report: RecordReport): JsonObject {
  const { counterpart, state, syncedAt } = report;
  return {
    [erpFields.state]: state,
    [erpFields.message]: issueText(report),
    ...(syncedAt === undefined ? {} : { [erpFields.lastSync]: syncedAt }),
    ...(counterpart === undefined ? {} : { [erpFields.recordId]: counterpart.key, [erpFields.link]: counterpart.link })
  };
}

/**
 * Fields of ours that a report changes on its record. A newer time of last sync alone is no reason to write: every write brings
 * the record back into the feed.
 */
export function erpReportFields(report: RecordReport): JsonObject {
  const before = report.left.document;
  const changed = Object.entries(wanted(report)).filter(([field, value]) => !sameStored(field, value, before[field]));
  const onlyTime = changed.length === 1 && changed[0]?.[0] === erpFields.lastSync && before[erpFields.lastSync] != null;
  return onlyTime ? {} : Object.fromEntries(changed);
}

function rowsOf({ object, told }: ObjectShape, report: RecordReport): Row[] {
  const fields = told ? erpReportFields(storable(report)) : {};
  if (Object.keys(fields).length === 0) return [];
  return [{ owner: report.key, kind: 'update', record: { attributes: { type: object }, Id: report.key, ...fields } }];
}

/**
 * `TellingConnector.tell`: the fields of ours on each record, 200 records in a collection and a thousand in a call, without a
 * condition, because only the service writes them. Objects without these fields are told nothing. The run rides along.
 */
export async function tellRecords(
  ports: TellPorts,
  shape: ObjectShape,
  reports: readonly RecordReport[],
  run?: RunRow
): Promise<TellResult[]> {
  const refused: Refusal[] = [];
  const batches = chunks(reports, recordsPerCall).map((batch) => batch.flatMap((one) => rowsOf(shape, one)));
  const last = batches.at(-1);
  if (run && last && last.length > 0) last.push({ owner: '', kind: 'run', record: runRecord(run) });
  for (const rows of batches) if (rows.length > 0) refused.push(...(await writePatiently(ports, rows)));
  return resultsOf(reports, refused);
}

/** Takes what couplings left behind off their records. Results come in the order of the keys. */
export async function forgetCouplings(
  ports: TellPorts,
  { object, told }: ObjectShape,
  keys: readonly string[]
): Promise<TellResult[]> {
  const empty = { [erpFields.message]: null, [erpFields.recordId]: null, [erpFields.link]: null };
  const record = (key: string): JsonObject => ({
    ...{ attributes: { type: object }, Id: key, [erpFields.state]: 'NotShared', ...empty }
  });
  const refused: Refusal[] = [];
  for (const batch of told ? chunks(keys, recordsPerCollection) : [])
    refused.push(
      ...(await writePatiently(
        ports,
        batch.map((key): Row => ({ owner: key, kind: 'update', record: record(key) }))
      ))
    );
  const failed = new Map(refused.map(({ row, code, message }) => [row.owner, { code, message }]));
  return keys.map((key) => {
    const error = failed.get(key);
    return { key, ...(error === undefined ? {} : { error }) };
  });
}
