import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import { credentials, loadPackageDefinition, Metadata, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avro from 'avsc';
import { afterEach } from 'vitest';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import type { FetchResponse } from '../../../../sandbox/src/salesforce/pubsub/protocol.js';
import type { RunningSalesforce, SalesforceOptions } from '../../../../sandbox/src/salesforce/server.js';
import { startSalesforce } from '../../../../sandbox/src/salesforce/server.js';
import { ADMIN, deploy } from '../../salesforce/core/org-fixture.js';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

export const DEALS = '/data/OpportunityChangeEvent';

/** Selects entities for change events, as a deploy of channel members does. */
export function select(org: OrgHandle, ...events: string[]): void {
  deploy(org, {
    upsertComponents: events.map((event) => {
      const xml = `<PlatformEventChannelMember><eventChannel>ChangeEvents</eventChannel><selectedEntity>${event}</selectedEntity></PlatformEventChannelMember>`;
      const fullName = `ChangeEvents_${event}`;
      const files = { [`platformEventChannelMembers/${fullName}.platformEventChannelMember`]: Buffer.from(xml) };
      return { type: 'PlatformEventChannelMember', fullName, files, lastModifiedDate: '2026-01-01T00:00:00.000Z' };
    })
  });
}

/** An org with the Pub/Sub API, opportunities selected. Closed after the test. */
export async function startEvents(options: Partial<SalesforceOptions> = {}): Promise<RunningSalesforce> {
  const salesforce = await startSalesforce({ port: 0, pubSubPort: 0, controlPort: 0, ...options });
  closing.push(() => salesforce.close());
  select(salesforce.org, 'OpportunityChangeEvent');
  return salesforce;
}

export interface Headers {
  accesstoken?: string;
  instanceurl?: string;
  tenantid?: string;
}

interface Stub {
  getTopic(request: object, metadata: Metadata, done: (error: ServiceError | null, answer: never) => void): void;
  getSchema(request: object, metadata: Metadata, done: (error: ServiceError | null, answer: never) => void): void;
  subscribe(metadata: Metadata): ClientDuplexStream<object, FetchResponse>;
  close(): void;
}

export interface Refusal {
  status: string;
  code: string;
}

export function refusalOf(error: ServiceError): Refusal {
  return { status: status[error.code] ?? '', code: String(error.metadata.get('error-code')[0]) };
}

/** The plain protocol: what a subscriber of any make could send. */
export class RawClient {
  private readonly stub: Stub;
  private readonly metadata = new Metadata();

  public constructor(salesforce: RunningSalesforce, headers: Headers = {}, username = ADMIN) {
    const file = fileURLToPath(new URL('../../../../sandbox/proto/pubsub.proto', import.meta.url));
    const loaded = loadPackageDefinition(loadSync(file, { longs: Number, enums: String, defaults: true }));
    const { PubSub } = (loaded as never as { eventbus: { v1: { PubSub: new (...args: unknown[]) => Stub } } }).eventbus
      .v1;
    const pubSub = salesforce.pubSub;
    if (pubSub === undefined) throw new Error('The org has no Pub/Sub API.');
    this.stub = new PubSub(pubSub.endpoint, credentials.createSsl(Buffer.from(pubSub.authority)));
    closing.push(() => this.stub.close());
    const all: Headers = {
      accesstoken: salesforce.org.auth.issueAccessToken(username),
      instanceurl: salesforce.url,
      tenantid: salesforce.org.id,
      ...headers
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) this.metadata.set(name, String(value));
  }

  public topic(topicName: string): Promise<{ schemaId: string; canSubscribe: boolean; canPublish: boolean }> {
    return new Promise((resolve, reject) =>
      this.stub.getTopic({ topicName }, this.metadata, (error, answer) => (error ? reject(error) : resolve(answer)))
    );
  }

  public schema(schemaId: string): Promise<{ schemaJson: string }> {
    return new Promise((resolve, reject) =>
      this.stub.getSchema({ schemaId }, this.metadata, (error, answer) => (error ? reject(error) : resolve(answer)))
    );
  }

  public subscribe(request: object): Stream {
    return new Stream(this, this.stub.subscribe(this.metadata), { topicName: DEALS, numRequested: 10, ...request });
  }
}

export interface EventHeader {
  changeType: string;
  transactionKey: string;
  commitNumber: number;
  recordIds: string[];
  nulledFields: string[];
  changedFields: string[];
}

export interface Heard {
  replayId: Buffer;
  header: EventHeader;
  values: Record<string, unknown>;
}

export class Stream {
  public readonly responses: FetchResponse[] = [];
  public readonly refused: Promise<Refusal>;
  private readonly types = new Map<string, Promise<avro.Type>>();

  public constructor(
    private readonly client: RawClient,
    public readonly call: ClientDuplexStream<object, FetchResponse>,
    request: object
  ) {
    call.on('data', (response: FetchResponse) => this.responses.push(response));
    this.refused = new Promise((resolve) => call.on('error', (error: ServiceError) => resolve(refusalOf(error))));
    call.write(request);
  }

  /** Resolves once the service has taken the subscription. */
  public async open(): Promise<this> {
    await once(this.call, 'metadata');
    return this;
  }

  public get count(): number {
    return this.responses.reduce((sum, { events }) => sum + events.length, 0);
  }

  public async until(condition: () => boolean): Promise<void> {
    for (let waited = 0; !condition(); waited += 5) {
      if (waited > 4000) throw new Error(`Waited in vain; ${String(this.count)} events came.`);
      await wait(5);
    }
  }

  /** The first `count` events, decoded with the schema each one names. */
  public async events(count: number): Promise<Heard[]> {
    await this.until(() => this.count >= count);
    const all = this.responses.flatMap(({ events }) => events);
    return Promise.all(
      all.map(async ({ event, replayId }) => {
        const type = this.types.get(event.schemaId) ?? this.typeOf(event.schemaId);
        this.types.set(event.schemaId, type);
        const { ChangeEventHeader: header, ...values } = (await type).fromBuffer(event.payload) as {
          ChangeEventHeader: EventHeader;
        };
        return { replayId, header, values };
      })
    );
  }

  private async typeOf(schemaId: string): Promise<avro.Type> {
    return avro.Type.forSchema(JSON.parse((await this.client.schema(schemaId)).schemaJson) as avro.Schema);
  }
}
