import type { Ledger, LedgerChange } from '../../../plugin/src/ledger/port.js';
import type { RemoteRecord } from '../../../plugin/src/sync/index.js';
import { instead } from '../instead.js';
import type { Connectors, Tricks } from '../tricks.js';

/** A defect that the simulator has to notice. */
export interface Planted {
  name: string;
  /** The promises of which at least one must be found broken. */
  breaks: readonly string[];
  /** @default everything */
  profile?: string;
  tricks: () => Tricks;
}

export const onCommit = (
  commit: (ledger: Ledger, mapping: string, changes: readonly LedgerChange[]) => Promise<void>
) => {
  return (ledger: Ledger) =>
    instead(ledger, {
      commit: (mapping: string, changes: readonly LedgerChange[]) => commit(ledger, mapping, changes)
    });
};

export const withoutMarker = ({ counterpart: _counterpart, ...rest }: RemoteRecord): RemoteRecord => rest;

/** The feed of the right side, page by page changed. */
export function onRightPages(
  right: Connectors['right'],
  change: (record: RemoteRecord) => RemoteRecord
): Connectors['right'] {
  return instead(right, {
    async *changes(cursor: string | undefined) {
      for await (const page of right.changes(cursor)) yield { ...page, records: page.records.map(change) };
    }
  });
}

export type PlantedLedger = NonNullable<Tricks['ledger']>;
