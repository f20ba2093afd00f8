import type { Clock } from '../../ports/clock.js';
import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Api } from './api.js';
import { recordPath } from './address.js';
import { collectRows } from './listing.js';
import { system } from './system.js';

/** Small tables by which records name each other: what a record holds, and what the mapping calls it. */
const tables = {
  salesperson: { set: 'salespeoplePurchasers', held: 'code', meant: 'id' },
  paymentTerms: { set: 'paymentTerms', held: 'id', meant: 'code' },
  shipmentMethod: { set: 'shipmentMethods', held: 'id', meant: 'code' }
} as const;
type TableKind = keyof typeof tables;

/** `companyContact`: a person names the contact of the company by number, and the mapping the customer by id. */
export type ReferenceKind = TableKind | 'companyContact';

/** How long a table is taken for true before a value that it lacks makes it be read again. */
const KNOWN_FOR_MS = 60_000;

interface Table {
  at: number;
  meant: Map<string, string>;
  held: Map<string, string>;
}

/**
 * Turns references of Business Central's records into what the mapping means and back. The tables are read once, and again when
 * they lack a value.
 */
export class References {
  private readonly known = new Map<TableKind, Promise<Table>>();
  private readonly contacts = new Map<string, Promise<string | undefined>>();

  /** @param company path of the company below the root */
  public constructor(private readonly ports: { api: Api; company: string; clock: Clock }) {}

  /** What a value of a record means; undefined when nobody knows it. */
  public async meant(kind: ReferenceKind, held: JsonValue): Promise<string | undefined> {
    if (kind === 'companyContact' || typeof held !== 'string') return undefined;
    return this.find(kind, (table) => table.meant.get(held));
  }

  /**
   * What a record has to hold.
   * @throws ConnectorError `REFERENCE_UNKNOWN` when Business Central has no such entry
   */
  public async held(kind: ReferenceKind, meant: string): Promise<string> {
    const found = await (kind === 'companyContact'
      ? this.contactOf(meant)
      : this.find(kind, (table) => table.held.get(meant)));
    if (found !== undefined) return found;
    const what = kind === 'companyContact' ? 'contact for the customer' : `entry ${meant} in ${tables[kind].set}`;
    const message = `Business Central has no ${what}.`;
    throw new ConnectorError(system, 'rejected', 'REFERENCE_UNKNOWN', message, {
      nextSteps: ['Add it in Business Central, or choose another value in Salesforce.']
    });
  }

  /** The customer that a person works for, by the person's id. */
  public async customerOf(contactId: string): Promise<string | undefined> {
    const { api, company } = this.ports;
    const path = `${recordPath(company, 'contacts', contactId)}/contactInformation`;
    const { status, json } = await api.call({ method: 'GET', path, repeatable: true, accept: [404] });
    const row = status === 404 ? null : (json as JsonObject | null);
    return row?.['relatedType'] === 'Customer' ? String(row['relatedId']) : undefined;
  }

  private contactOf(customerId: string): Promise<string | undefined> {
    const known = this.contacts.get(customerId) ?? this.readContact(customerId);
    this.contacts.set(customerId, known);
    known.then(
      (found) => found ?? this.contacts.delete(customerId),
      () => this.contacts.delete(customerId)
    );
    return known;
  }

  private async readContact(customerId: string): Promise<string | undefined> {
    const { api, company } = this.ports;
    // The set itself cannot be listed, only that of a customer.
    const rows = await collectRows(api, `${recordPath(company, 'customers', customerId)}/contactsInformation`);
    const found = rows.find(({ contactType }) => contactType === 'Company');
    return found === undefined ? undefined : String(found['contactNumber']);
  }

  private async find(kind: TableKind, look: (table: Table) => string | undefined): Promise<string | undefined> {
    const table = await this.table(kind);
    const found = look(table);
    if (found !== undefined || this.ports.clock.now() - table.at < KNOWN_FOR_MS) return found;
    this.known.delete(kind);
    return look(await this.table(kind));
  }

  private table(kind: TableKind): Promise<Table> {
    const known = this.known.get(kind);
    if (known) return known;
    const reading = this.read(kind).catch((error: unknown) => {
      this.known.delete(kind);
      throw error;
    });
    this.known.set(kind, reading);
    return reading;
  }

  private async read(kind: TableKind): Promise<Table> {
    const { api, company, clock } = this.ports;
    const { set, held, meant } = tables[kind];
    const rows = await collectRows(api, recordPath(company, set), { select: ['id', 'code'] });
    return {
      at: clock.now(),
      meant: new Map(rows.map((row) => [String(row[held]), String(row[meant])])),
      held: new Map(rows.map((row) => [String(row[meant]), String(row[held])]))
    };
  }
}
