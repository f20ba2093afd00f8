import { ConnectorError } from '../../../ports/errors.js';
import type { JsonObject } from '../../../ports/json.js';
import { dataRoot } from '../rest.js';
import type { Rest } from '../rest.js';
import { system } from '../rest-errors.js';

/** Fields of ours on an object that is kept in step with Business Central; all of them or none. */
export const erpFields = {
  state: 'ERP_Sync_State__c',
  message: 'ERP_Sync_Message__c',
  lastSync: 'ERP_Last_Sync__c',
  recordId: 'ERP_Record_Id__c',
  link: 'ERP_Record_Link__c'
} as const;

/** What takes the place of fields that an org may lack as a whole: state and country picklists. */
const standIns: Readonly<Record<string, string>> = Object.fromEntries(
  ['Billing', 'Shipping', 'Mailing', 'Other'].flatMap((prefix) => [
    [`${prefix}CountryCode`, `${prefix}Country`],
    [`${prefix}StateCode`, `${prefix}State`]
  ])
);
/** Only there in orgs with several currencies. Without it the field does not travel. */
const dispensable: ReadonlySet<string> = new Set(['CurrencyIsoCode']);

/** Rows below a record that travel with it, as `OrderItems` of an order. */
export interface ChildRows {
  relationship: string;
  columns: readonly string[];
}

/** What the mapping needs of an object. */
export interface ObjectFields {
  object: string;
  /** Paths that are read: fields of the object, or of a parent as `Account.AccountNumber`. */
  read: readonly string[];
  children: readonly ChildRows[];
}

/** How an object looks in this org, to this user. */
export interface ObjectShape extends ObjectFields {
  /** Path of the document → column of the org; what the org lacks is not among them. */
  columns: ReadonlyMap<string, string>;
  /** Fields by which a record is made, and those among them that have to be filled. */
  createable: ReadonlySet<string>;
  required: readonly string[];
  updateable: ReadonlySet<string>;
  /** Deleted rows can be asked for. */
  hasDeleted: boolean;
  /** The object has our fields, so that people see how the record stands. */
  told: boolean;
}

function notVisible(target: string): ConnectorError {
  const message = `${target} is missing in the org or hidden from this user.`;
  return new ConnectorError(system, 'connection', 'FIELD_NOT_VISIBLE', message, {
    target,
    nextSteps: [
      'Deploy the metadata: sf cosell deploy',
      'Assign the permission set to the integration user: sf org assign permset --name ERP_Integration_User'
    ]
  });
}

/** Path → column. A field of a parent is not checked here; the query says so if it is hidden. */
function columnsOf({ object, read }: ObjectFields, known: ReadonlySet<string>): Map<string, string> {
  const columns = new Map<string, string>();
  for (const path of read) {
    const standIn = standIns[path];
    if (path.includes('.') || known.has(path)) columns.set(path, path);
    else if (standIn !== undefined && known.has(standIn)) columns.set(path, standIn);
    else if (!dispensable.has(path)) throw notVisible(`${object}.${path}`);
  }
  return columns;
}

/**
 * Looks at one object of the org: one call.
 * @throws ConnectorError `OBJECT_NOT_IN_ORG`; `FIELD_NOT_VISIBLE` naming the first field of the mapping that is missing
 */
export async function readObjectShape(rest: Rest, wanted: ObjectFields): Promise<ObjectShape> {
  const path = `${dataRoot}/sobjects/${wanted.object}/describe`;
  const { json, status } = await rest.call({ method: 'GET', path, repeatable: true, accept: [404] });
  if (status === 404) {
    const message = `The org has no object ${wanted.object}, or the user may not see it.`;
    throw new ConnectorError(system, 'connection', 'OBJECT_NOT_IN_ORG', message, {
      target: wanted.object,
      nextSteps: ['Switch the mapping off in the settings, or give the integration user access to the object.']
    });
  }
  const fields = ((json as JsonObject)['fields'] ?? []) as JsonObject[];
  const named = (wish: (field: JsonObject) => boolean): string[] => fields.filter(wish).map(({ name }) => String(name));
  const known = new Set(named(() => true));
  return {
    ...wanted,
    columns: columnsOf(wanted, known),
    createable: new Set(named(({ createable }) => createable === true)),
    updateable: new Set(named(({ updateable }) => updateable === true)),
    required: named(
      ({ createable, nillable, defaultedOnCreate }) =>
        createable === true && nillable === false && defaultedOnCreate !== true
    ),
    hasDeleted: known.has('IsDeleted'),
    told: Object.values(erpFields).every((field) => known.has(field))
  };
}
