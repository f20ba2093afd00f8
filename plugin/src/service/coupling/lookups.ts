import type { BusinessCentralConnector, ReferenceKind } from '../../connectors/business-central/index.js';
import type { RecordsConnector } from '../../connectors/salesforce/index.js';
import type { Ledger } from '../../ledger/index.js';
import { setAt, valueAt } from '../../mapping/paths.js';
import type { Mapping, PathValues } from '../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type {
  Arrival,
  ChangePage,
  CreatingConnector,
  InboundPort,
  RemoteRecord,
  TellingConnector
} from '../../sync/index.js';

export interface LookupInput {
  mapping: Mapping;
  ledger: Pick<Ledger, 'entries' | 'leftKeysOf'>;
  salesforce: RecordsConnector;
  businessCentral: BusinessCentralConnector;
  /** Who owns records whose salesperson is not coupled: id of a user or queue, or a username. */
  ownerFallback?: string;
}

/** Both sides with references between records as keys of coupled records. */
export interface Sides {
  left: TellingConnector;
  right: CreatingConnector;
  inbound: InboundPort;
}

interface Lookup {
  field: string;
  left: string;
  right: string;
  mapping: string;
}

const lookupsOf = ({ fields }: Mapping): Lookup[] =>
  fields.flatMap(({ name: field, lookup, left, right }) =>
    lookup === undefined ? [] : [{ field, left: left.path, right: right.path, mapping: lookup.mapping }]
  );

const referencesOf = ({ fields }: Mapping): { path: string; kind: ReferenceKind }[] =>
  fields.flatMap(({ right: { path, reference } }) =>
    reference === undefined ? [] : [{ path, kind: reference as ReferenceKind }]
  );

const textAt = (document: JsonObject, path: string): string | undefined => {
  const value = valueAt(document, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Mapping paths of lookups have one step, so a copy of the top level is enough. */
function withValue(document: JsonObject, path: string, value: JsonValue | undefined): JsonObject {
  const { [path]: _before, ...rest } = document;
  if (value !== undefined) setAt(rest, path, value);
  return rest;
}

/**
 * References between records, translated through the couplings: what stands for another record is, for the engine, the key of that
 * record's counterpart in Business Central. A reference to a record that is not coupled reads as what was agreed on last, on the
 * right as not read at all: so nothing is emptied, and no row fails because of it.
 */
class Translation {
  private readonly lookups: Lookup[];
  private readonly references: { path: string; kind: ReferenceKind }[];

  public constructor(private readonly input: LookupInput) {
    this.lookups = lookupsOf(input.mapping);
    this.references = referencesOf(input.mapping);
  }

  public get needed(): boolean {
    return this.lookups.length + this.references.length > 0;
  }

  public async fromLeft(records: readonly RemoteRecord[]): Promise<RemoteRecord[]> {
    const { ledger, mapping: own } = this.input;
    let documents = records.map(({ document }) => document);
    const known = await ledger.entries(
      own.name,
      records.map(({ key }) => key)
    );
    const agreed = (index: number, field: string): JsonValue =>
      known.get(records[index]?.key ?? '')?.coupling?.base[field] ?? null;
    for (const { field, left, mapping } of this.lookups) {
      const ids = documents.flatMap((document) => textAt(document, left) ?? []);
      const entries = await ledger.entries(mapping, [...new Set(ids)]);
      documents = documents.map((document, index) => {
        const counterpart = entries.get(textAt(document, left) ?? '')?.coupling?.rightKey;
        return withValue(document, left, counterpart ?? agreed(index, field));
      });
    }
    return records.map((record, index) => ({ ...record, document: documents[index] ?? record.document }));
  }

  public async fromRight(records: readonly RemoteRecord[]): Promise<RemoteRecord[]> {
    const { references } = this.input.businessCentral;
    let documents = records.map(({ document }) => document);
    for (const { path, kind } of this.references) {
      const meant = async (document: JsonObject): Promise<JsonObject> => {
        const held = textAt(document, path);
        return withValue(document, path, held === undefined ? null : await references.meant(kind, held));
      };
      documents = await Promise.all(documents.map(meant));
    }
    for (const { right, mapping } of this.lookups) {
      const keys = documents.flatMap((document) => textAt(document, right) ?? []);
      const coupled = await this.input.ledger.leftKeysOf(mapping, [...new Set(keys)]);
      documents = documents.map((document) => {
        const key = textAt(document, right);
        return withValue(document, right, key !== undefined && coupled.has(key) ? key : undefined);
      });
    }
    return records.map((record, index) => ({ ...record, document: documents[index] ?? record.document }));
  }

  /** Values for Salesforce; a counterpart that is not there any more is left out. */
  public async toLeft(values: PathValues): Promise<PathValues> {
    const result: Record<string, JsonValue> = { ...values };
    for (const { left, mapping } of this.lookups) {
      const { [left]: key } = result;
      if (typeof key !== 'string') {
        delete result[left];
        continue;
      }
      const id = (await this.input.ledger.leftKeysOf(mapping, [key])).get(key);
      if (id === undefined) delete result[left];
      else result[left] = id;
    }
    return result;
  }

  /** Values for Business Central. */
  public async toRight(values: PathValues): Promise<PathValues> {
    const result: Record<string, JsonValue> = { ...values };
    for (const { path, kind } of this.references) {
      const meant = result[path];
      if (typeof meant === 'string') result[path] = await this.input.businessCentral.references.held(kind, meant);
    }
    return result;
  }

  /** A person's company is known by asking for the person; see `companyContact`. */
  public async arriving(arrival: Arrival): Promise<Arrival> {
    const { businessCentral, ownerFallback } = this.input;
    const values: Record<string, JsonValue> = { ...arrival.values };
    const company = this.references.find(({ kind }) => kind === 'companyContact');
    const field = company && this.lookups.find(({ right }) => right === company.path);
    if (field) {
      const customer = await businessCentral.references.customerOf(arrival.rightKey);
      if (customer !== undefined) values[field.left] = customer;
    }
    const translated: Record<string, JsonValue> = { ...(await this.toLeft(values)) };
    const hasOwner = this.lookups.some(({ left }) => left === 'OwnerId');
    if (hasOwner && translated['OwnerId'] === undefined && ownerFallback !== undefined)
      translated['OwnerId'] = await this.input.salesforce.ownerId(ownerFallback);
    return { ...arrival, values: translated };
  }
}

async function* translated(
  pages: AsyncIterable<ChangePage>,
  translate: (records: readonly RemoteRecord[]) => Promise<RemoteRecord[]>
): AsyncGenerator<ChangePage> {
  for await (const page of pages) yield { ...page, records: await translate(page.records) };
}

const byKey = (records: readonly RemoteRecord[]): ReadonlyMap<string, RemoteRecord> =>
  new Map(records.map((record) => [record.key, record]));

/** Both sides of a mapping as the engine works with them. Without lookups they are the connectors themselves. */
export function withLookups(input: LookupInput): Sides {
  const { salesforce, businessCentral, mapping } = input;
  const inbound = salesforce.inbound(mapping.left.onCreate);
  const translation = new Translation(input);
  if (!translation.needed) return { left: salesforce, right: businessCentral, inbound };
  const one = async (record: RemoteRecord): Promise<RemoteRecord> =>
    (await translation.fromRight([record]))[0] ?? record;
  return {
    left: {
      system: salesforce.system,
      label: salesforce.label,
      changes: (cursor) => translated(salesforce.changes(cursor), (records) => translation.fromLeft(records)),
      read: async (refs) => byKey(await translation.fromLeft([...(await salesforce.read(refs)).values()])),
      update: async (current, values) => salesforce.update(current, await translation.toLeft(values)),
      calls: () => salesforce.calls(),
      tell: (reports, run) => salesforce.tell(reports, run)
    },
    right: {
      system: businessCentral.system,
      label: businessCentral.label,
      changes: (cursor) => translated(businessCentral.changes(cursor), (records) => translation.fromRight(records)),
      read: async (refs) => byKey(await translation.fromRight([...(await businessCentral.read(refs)).values()])),
      create: async (marker, values) => one(await businessCentral.create(marker, await translation.toRight(values))),
      update: async (current, values) => {
        const result = await businessCentral.update(current, await translation.toRight(values));
        return result.outcome === 'written' && result.record
          ? { outcome: 'written', record: await one(result.record) }
          : result;
      },
      findByMarker: async (marker, since, sent) =>
        translation.fromRight(
          await businessCentral.findByMarker(marker, since, sent && (await translation.toRight(sent)))
        ),
      linkTo: (record) => businessCentral.linkTo(record),
      calls: () => businessCentral.calls()
    },
    inbound: {
      receive: async (arrival) => inbound.receive(await translation.arriving(arrival)),
      takeIn: async (arrival, details) => inbound.takeIn(await translation.arriving(arrival), details),
      succeed: (key, rightKey) => inbound.succeed(key, rightKey)
    }
  };
}
