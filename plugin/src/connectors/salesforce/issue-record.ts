import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { IssueRow, RecordReport, Resolution } from '../../sync/ports.js';
import { isoTime } from './document-values.js';
import { clip, valueText } from './text.js';

export const issueObject = 'Cosell_Issue__c';
export const issueKeyField = 'Issue_Key__c';

/** Values of the restricted picklists, by what the engine calls them. */
const kinds = { conflict: 'Conflict', problem: 'Problem' } as const;
const choices: Readonly<Record<string, Resolution['choice']>> = {
  KeepSalesforce: 'left',
  KeepPartnerCenter: 'right',
  Retry: 'retry'
};
const kept = { left: 'KeepSalesforce', right: 'KeepPartnerCenter' } as const;

const lengths = { key: 255, code: 80, field: 255, text: 4000, person: 255 } as const;

/** An issue row of an opportunity as the left document carries it; rows that are settled are not among them. */
export function issueOfRow(row: JsonObject): JsonObject {
  const person = row['LastModifiedBy'] as JsonObject | null | undefined;
  return {
    Key: row[issueKeyField] ?? null,
    Resolution: row['Resolution__c'] ?? null,
    By: person?.['Name'] ?? null,
    At: row['LastModifiedDate'] ?? null
  };
}

const issuesOf = (document: JsonObject): JsonObject[] => (document['Issues'] ?? []) as JsonObject[];

/** What people answered to the rows of a document. Only people set the resolution, so who changed the row last is who did. */
export function resolutionsOf(document: JsonObject): Resolution[] {
  return issuesOf(document).flatMap(({ Key: key, Resolution: answer, By: by, At: at }): Resolution[] => {
    const choice = typeof answer === 'string' ? choices[answer] : undefined;
    if (typeof key !== 'string' || choice === undefined) return [];
    return [{ key, choice, by: typeof by === 'string' ? by : 'a Salesforce user', at: isoTime(at) }];
  });
}

const orNull = (time: string | undefined): JsonValue => (time === undefined || time === '' ? null : time);

function values(row: IssueRow): JsonObject {
  if (row.kind === 'problem') return { Attempts__c: row.attempts ?? null };
  return {
    Field__c: clip(row.field ?? '', lengths.field),
    Salesforce_Value__c: valueText(row.left),
    Partner_Center_Value__c: valueText(row.right),
    Agreed_Value__c: valueText(row.base),
    Salesforce_Changed_At__c: orNull(row.leftAt),
    Partner_Center_Changed_At__c: orNull(row.rightAt)
  };
}

/**
 * The resolution belongs to people: it is only taken back where one was read that cannot be carried out or failed, or where
 * the row comes back after it was settled.
 */
function openRecord(report: RecordReport, row: IssueRow, before: JsonObject | undefined): JsonObject {
  const answered = before?.['Resolution'] != null && row.waiting !== true;
  return {
    attributes: { type: issueObject },
    [issueKeyField]: clip(row.key, lengths.key),
    Opportunity__c: report.key,
    Kind__c: kinds[row.kind],
    Code__c: clip(row.code, lengths.code),
    Message__c: clip(row.message, lengths.text),
    Next_Step__c: clip(row.nextStep, lengths.text),
    ...values(row),
    Last_Seen__c: row.at,
    Status__c: row.parked === true ? 'Parked' : 'Open',
    ...(before === undefined ? { First_Seen__c: row.at } : {}),
    ...(before === undefined || answered ? { Resolution__c: null, Resolved_By__c: null } : {})
  };
}

function settledRecord(report: RecordReport, before: JsonObject): JsonObject {
  const key = String(before['Key']);
  const decided = report.settled.find((row) => row.key === key);
  const answer = before['Resolution'] == null ? undefined : before['By'];
  return {
    attributes: { type: issueObject },
    [issueKeyField]: key,
    Opportunity__c: report.key,
    Status__c: 'Resolved',
    ...(typeof answer === 'string' ? { Resolved_By__c: clip(answer, lengths.person) } : {}),
    ...(decided && answer === undefined
      ? { Resolution__c: kept[decided.keep], Resolved_By__c: clip(decided.by, lengths.person) }
      : {})
  };
}

/** The issue rows that a report writes, by key: what is open, and those of the record as last read that no longer are. */
export function issueRecords(report: RecordReport): JsonObject[] {
  const before = new Map(issuesOf(report.left.document).map((row) => [String(row['Key']), row]));
  const open = new Set(report.rows.map(({ key }) => clip(key, lengths.key)));
  return [
    ...report.rows.map((row) => openRecord(report, row, before.get(clip(row.key, lengths.key)))),
    ...[...before].filter(([key]) => !open.has(key)).map(([, row]) => settledRecord(report, row))
  ];
}
