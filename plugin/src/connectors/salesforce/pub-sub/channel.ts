import { fileURLToPath } from 'node:url';
import type { ClientDuplexStream, Metadata, ServiceError } from '@grpc/grpc-js';
import { ConnectorError } from '../../../ports/errors.js';
import { system } from '../rest-errors.js';
import type { SalesforceSession } from '../session.js';
import type { Decode } from './decoder.js';
import { headerDecoder } from './decoder.js';

/** Beside the other files that are shipped as they are. */
const protocol = fileURLToPath(new URL('../../../../schemas/pubsub.proto', import.meta.url));
const UNARY_TIMEOUT_MS = 30_000;

export interface FetchRequest {
  topicName: string;
  replayPreset?: 'LATEST' | 'CUSTOM';
  replayId?: Buffer;
  numRequested: number;
}

export interface FetchResponse {
  events: readonly { event: { schemaId: string; payload: Buffer }; replayId: Buffer }[];
  latestReplayId: Buffer;
  pendingNumRequested: number;
}

export type SubscribeCall = ClientDuplexStream<FetchRequest, FetchResponse>;
type Done = (error: ServiceError | null, answer?: { schemaJson: string }) => void;

interface Stub {
  getSchema(request: { schemaId: string }, metadata: Metadata, options: { deadline: number }, done: Done): void;
  subscribe(metadata: Metadata): SubscribeCall;
  close(): void;
}

/** The gRPC connection to the Pub/Sub API, signed in as the session's user. */
export interface PubSubChannel {
  subscribe(): Promise<SubscribeCall>;
  /** Schemas never change under their id: each one is asked for once. */
  decoder(schemaId: string): Promise<Decode>;
  close(): void;
}

export interface ChannelInput {
  session: SalesforceSession;
  endpoint: string;
  now: () => number;
  rootCertificates?: Buffer;
}

/** Loaded when it is needed: gRPC costs commands that follow no events a tenth of a second. */
async function connect({ endpoint, rootCertificates = null }: { endpoint: string; rootCertificates?: Buffer | null }) {
  const [grpc, { load }] = await Promise.all([import('@grpc/grpc-js'), import('@grpc/proto-loader')]);
  const loaded = grpc.loadPackageDefinition(await load(protocol, { longs: Number, enums: String, defaults: true }));
  const { PubSub } = (loaded as never as { eventbus: { v1: { PubSub: new (...input: unknown[]) => Stub } } }).eventbus
    .v1;
  return { stub: new PubSub(endpoint, grpc.credentials.createSsl(rootCertificates)), grpc };
}

/** Opens no connection before the first call. */
export async function openChannel({ session, now, ...address }: ChannelInput): Promise<PubSubChannel> {
  const { organizationId } = session;
  if (organizationId === undefined) {
    throw new ConnectorError(
      system,
      'connection',
      'ORGANIZATION_UNKNOWN',
      'The session does not say which org it is.',
      {
        nextSteps: ['Sign in again: sf org login web']
      }
    );
  }
  const { stub, grpc } = await connect(address);
  const decoders = new Map<string, Promise<Decode>>();
  const headers = async (): Promise<Metadata> => {
    const metadata = new grpc.Metadata();
    metadata.set('accesstoken', await session.accessToken());
    metadata.set('instanceurl', session.instanceUrl);
    metadata.set('tenantid', organizationId);
    return metadata;
  };
  const readSchema = async (schemaId: string): Promise<Decode> => {
    const metadata = await headers();
    const options = { deadline: now() + UNARY_TIMEOUT_MS };
    return new Promise((resolve, reject) =>
      stub.getSchema({ schemaId }, metadata, options, (error, answer) =>
        error ? reject(error) : resolve(headerDecoder(answer?.schemaJson ?? ''))
      )
    );
  };
  return {
    subscribe: async () => stub.subscribe(await headers()),
    decoder: (schemaId) => {
      const known = decoders.get(schemaId) ?? readSchema(schemaId);
      decoders.set(schemaId, known);
      known.catch(() => decoders.delete(schemaId));
      return known;
    },
    close: () => stub.close()
  };
}
