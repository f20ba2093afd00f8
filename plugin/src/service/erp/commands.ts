import type { SalesforceSession } from '../../connectors/salesforce/index.js';
import { CosellError } from '../../ports/errors.js';
import type { SettingsInput } from '../settings-of.js';
import { settingsOf } from '../settings-of.js';
import type { ErpPorts, OpenErp } from './open.js';
import { openErp } from './open.js';
import type { RefreshResult } from './refresh.js';
import { refreshAll, refreshPages } from './refresh.js';

export interface ErpInput extends SettingsInput {
  session: SalesforceSession;
  ports?: ErpPorts;
}

/** Rows as the page shows them: field values by name, without the empty ones. */
export interface ErpFigures {
  record: string;
  object: string;
  availability: Record<string, string | number>[];
  statistics: Record<string, string | number>[];
}

async function withErp<T>({ session, ports, ...input }: ErpInput, work: (erp: OpenErp) => Promise<T>): Promise<T> {
  const erp = await openErp(settingsOf(input), session, ports);
  if (erp === undefined) {
    throw new CosellError('CONNECTION_NONE', 'No connection to Business Central is stored on this machine.', [
      'Add one with: sf cosell connection add business-central'
    ]);
  }
  try {
    return await work(erp);
  } finally {
    await erp.close();
  }
}

const unknown = (record: string): CosellError =>
  new CosellError('RECORD_UNKNOWN', `There is no opportunity or account ${record}, or this user may not see it.`, [
    'Name the id of an opportunity or of an account.'
  ]);

/** @throws CosellError `RECORD_UNKNOWN`, `CONNECTION_NONE`; and what went wrong at Business Central */
export const refreshErp = (input: ErpInput, records: readonly string[] | 'all'): Promise<RefreshResult> =>
  withErp(input, async (erp) => {
    if (records === 'all') return refreshAll(erp);
    const pages = await erp.org.pages(records);
    const missing = records.find((record) => !pages.some(({ id }) => id.slice(0, 15) === record.slice(0, 15)));
    if (missing !== undefined) throw unknown(missing);
    return refreshPages(erp, pages);
  });

const OWN = new Set(['attributes', 'Product__r', 'Account__r']);

function plain(row: Record<string, unknown>): Record<string, string | number> {
  const parent = (row['Product__r'] ?? row['Account__r']) as { Name?: string } | null | undefined;
  const values = Object.entries(row).filter(
    (entry): entry is [string, string | number] => !OWN.has(entry[0]) && entry[1] !== null
  );
  return { ...(parent?.Name === undefined ? {} : { Name: parent.Name }), ...Object.fromEntries(values) };
}

/** The figures that the page of a record shows. @throws CosellError `RECORD_UNKNOWN`, `CONNECTION_NONE` */
export const showErp = (input: ErpInput, record: string): Promise<ErpFigures> =>
  withErp(input, async ({ org }) => {
    const [page] = await org.pages([record]);
    if (page === undefined) throw unknown(record);
    const accounts = page.account === undefined ? [] : [page.account.id];
    const { availability, statistics } = await org.figures(
      accounts,
      page.products.map(({ id }) => id)
    );
    return {
      record: page.id,
      object: page.object,
      availability: availability.map(plain),
      statistics: statistics.map(plain)
    };
  });
