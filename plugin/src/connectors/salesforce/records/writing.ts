import { ConnectorError } from '../../../ports/errors.js';
import type { PathValues } from '../../../mapping/types.js';
import { system } from '../rest-errors.js';
import type { ObjectShape } from './object-shape.js';

/**
 * Values as columns of the org. What the org does not have as a whole is left out.
 * @throws ConnectorError `FIELD_NOT_WRITABLE` for a field that this user cannot change
 */
export function updateFields({ object, columns, updateable }: ObjectShape, values: PathValues): PathValues {
  const fields: Record<string, PathValues[string]> = {};
  for (const [path, value] of Object.entries(values)) {
    const column = columns.get(path);
    if (column === undefined) continue;
    if (!updateable.has(column)) {
      const message = `${column} of ${object} cannot be written in Salesforce by the sync user.`;
      throw new ConnectorError(system, 'rejected', 'FIELD_NOT_WRITABLE', message, {
        target: column,
        nextSteps: [
          `Let ${path} travel towards Business Central only, or give the sync user edit access to the field: permission set ERP_Integration_User.`
        ]
      });
    }
    fields[column] = value;
  }
  return fields;
}
