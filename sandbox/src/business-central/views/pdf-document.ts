import { EMPTY_GUID, number, text } from '../core/values.js';
import type { Values } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { documentKinds, linesOf } from '../rules/documents.js';
import type { View, ViewRow } from './types.js';

const PARENT_TYPES: Readonly<Record<string, string>> = {
  salesOrders: 'Sales_x0020_Order',
  salesQuotes: 'Sales_x0020_Quote',
  salesInvoices: 'Sales_x0020_Invoice',
  salesCreditMemos: 'Sales_x0020_Credit_x0020_Memo'
};

/** A document printed at the moment it is asked for; reached through its document. */
export const pdfDocument: View = ({ scope, given }) => {
  const parentId = given['parentId'] ?? given['id'];
  if (typeof parentId !== 'string' || parentId === EMPTY_GUID) return [];
  for (const kind of documentKinds) {
    const header = scope.world.store.get(scope.company, kind.header, parentId);
    if (!header) continue;
    const row: ViewRow = {
      id: header.id,
      version: header.version,
      values: {
        id: header.id,
        parentId: header.id,
        parentType: PARENT_TYPES[kind.header] ?? '_x0020_',
        $pdfDocumentContent: pdfOf(printed(scope, kind.caption, kind.lines, header.values)).toString('base64')
      }
    };
    return [row];
  }
  return [];
};

function printed(scope: Scope, caption: string, lines: string, header: Values): string[] {
  const rows = linesOf(scope, { lines }, text(header, 'id')).map(
    ({ values }) =>
      `${text(values, 'lineObjectNumber')}  ${text(values, 'description')}  ${number(values, 'quantity')} x ${number(values, 'unitPrice')}  ${number(values, 'netAmount').toFixed(2)}`
  );
  const total = `${text(header, 'currencyCode')} ${number(header, 'totalAmountIncludingTax').toFixed(2)}`;
  return [
    `Sales ${caption} ${text(header, 'number')}`,
    text(header, 'customerName'),
    '',
    ...rows,
    '',
    `Total ${total}`
  ];
}

/** One page of plain text in PDF 1.4 (ISO 32000-1, 7.5: file structure). */
export function pdfOf(lines: readonly string[]): Buffer {
  const safe = (line: string): string => line.replace(/[\\()]/g, '\\$&').replace(/[^\x20-\xff]/g, '?');
  const content = `BT /F1 11 Tf 50 790 Td 15 TL ${lines.map((line) => `(${safe(line)}) Tj T*`).join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, 'latin1');
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
