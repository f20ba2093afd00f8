import type { Row } from '../contract.js';
import { storedInstant } from '../org-clock.js';
import type { SObjectSchema } from '../schema.js';
import type { Engine } from './engine.js';
import { readRow, updateRow, changedNames } from './rows.js';
import { roundHalfUp } from './coerce.js';

/** Amount, quantity and the product flag of an opportunity after its lines changed. Without lines the amount stays. */
export function refreshOpportunityTotals(engine: Engine, opportunityId: string): void {
  const object = engine.schema.object('Opportunity');
  const row = object === undefined ? undefined : readRow(engine.database, object, opportunityId);
  if (object === undefined || row === undefined || row['IsDeleted'] === true) return;
  const sum = engine.database.first<{ lines: number; amount: number | null; quantity: number | null }>(
    `SELECT COUNT(*) AS lines, SUM("TotalPrice") AS amount, SUM("Quantity") AS quantity FROM "OpportunityLineItem"
     WHERE "OpportunityId" = ? AND "IsDeleted" = 0`,
    opportunityId
  );
  const lines = sum?.lines ?? 0;
  const after: Row = { ...row, HasOpportunityLineItem: lines > 0 };
  if (lines > 0) {
    const amount = roundHalfUp(sum?.amount ?? 0, 2);
    const probability = typeof row['Probability'] === 'number' ? row['Probability'] : 0;
    Object.assign(after, {
      Amount: amount,
      TotalOpportunityQuantity: sum?.quantity ?? null,
      ExpectedRevenue: roundHalfUp((amount * probability) / 100, 2)
    });
  }
  storeChange(engine, object, row, after);
}

/** Writes values that follow from a record's children, if they are new. */
export function writeComputed(engine: Engine, name: string, id: string, values: Row): void {
  const object = engine.schema.object(name);
  const row = object === undefined ? undefined : readRow(engine.database, object, id);
  if (object === undefined || row === undefined || row['IsDeleted'] === true) return;
  storeChange(engine, object, row, { ...row, ...values });
}

function storeChange(engine: Engine, object: SObjectSchema, row: Row, after: Row): void {
  const changed = changedNames(row, after);
  if (changed.length === 0) return;
  const now = storedInstant(engine.clock.now());
  const stamped: Row = { ...after, LastModifiedDate: now, SystemModstamp: now };
  updateRow(engine.database, object, stamped, [...changed, 'LastModifiedDate', 'SystemModstamp']);
  const values = Object.fromEntries(changed.map((name) => [name, stamped[name]]));
  engine.pending.push({ object, id: String(row['Id']), type: 'UPDATE', changedFields: changed, values });
}
