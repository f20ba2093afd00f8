import { ApiError } from '../transport.js';
import type { ObjectRules } from './types.js';

/** An account keeps its won deals: the API refuses where the user interface asks (Salesforce Help, Delete Accounts). */
export const accountRules: ObjectRules = {
  beforeDelete(engine, row) {
    const won = engine.database.all<{ Name: string }>(
      `SELECT "Name" FROM "Opportunity" WHERE "AccountId" = ? AND "IsWon" = 1 AND "IsDeleted" = 0 ORDER BY "Name"`,
      row['Id']
    );
    if (won.length === 0) return;
    const text =
      `Your attempt to delete ${String(row['Name'])} could not be completed because some opportunities in that account were ` +
      `closed won. The opportunities that could not be deleted are shown below.: ${won.map(({ Name }) => Name).join(', ')}\n`;
    throw new ApiError(400, 'DELETE_FAILED', text);
  }
};
