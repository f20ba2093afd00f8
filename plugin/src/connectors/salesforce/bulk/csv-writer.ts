import type { JsonObject, JsonValue } from '../../../ports/json.js';

/** Bulk API 2.0 guide, "Prepare CSV files": this empties a field, while an empty value leaves it as it is. */
const emptied = '#N/A';

export function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The text of a value; null and the empty text, which Salesforce stores as null, empty the field. */
export function cellText(value: JsonValue | undefined): string {
  return value === null || value === undefined || value === '' ? emptied : String(value);
}

/** A header or record line. Every value is quoted, so that no text of a person can be taken for structure. */
export function csvLine(texts: readonly string[]): string {
  return `${texts.map(quotedCell).join(',')}\n`;
}

export function recordTexts(columns: readonly string[], record: JsonObject): string[] {
  return columns.map((column) => cellText(record[column]));
}
