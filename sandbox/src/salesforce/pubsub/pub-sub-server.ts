import { randomUUID } from 'node:crypto';
import type { sendUnaryData, ServerUnaryCall, ServiceError } from '@grpc/grpc-js';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { serverCertificate } from './certificates.js';
import { EventCodec } from './event-codec.js';
import { failure } from './failures.js';
import { pubSubService } from './protocol.js';
import { signedIn } from './sign-in.js';
import type { Call } from './subscription.js';
import { Subscription } from './subscription.js';
import { topicFor } from './topics.js';

/** The service promises a sign of life within this time (Pub/Sub API guide, "Subscribe RPC Method"). */
const KEEP_ALIVE_MS = 270_000;

export interface PubSubOptions {
  org: OrgHandle;
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Address of the org's API, which callers give as `instanceurl`. */
  instanceUrl: string;
  /** Where the authority behind the server's certificate is kept; absent: in memory. */
  certificateFolder?: string;
  /** @default 270000 */
  keepAliveMs?: number;
}

export interface RunningPubSub {
  /** Host and port, as clients want it. */
  endpoint: string;
  /** PEM of the authority that clients have to trust, and its file when there is one. */
  authority: string;
  authorityFile?: string;
  /** Ends all subscriptions, as a release of the service does. */
  disconnect(): void;
  close(): void;
}

type Answer = (session: Session, request: Record<string, string>) => object;

/** Starts `eventbus.v1.PubSub` over TLS. Rejects when the port is taken. */
export async function startPubSub(options: PubSubOptions): Promise<RunningPubSub> {
  const { org, host, port, instanceUrl, certificateFolder, keepAliveMs = KEEP_ALIVE_MS } = options;
  const certificate = await serverCertificate(certificateFolder);
  const codec = new EventCodec(org);
  const authenticate = (metadata: Call['metadata']): Session => signedIn(org, metadata, instanceUrl);
  const context = { org, codec, authenticate, keepAliveMs };
  const open = new Set<Subscription>();
  const unary =
    (answer: Answer) =>
    (call: ServerUnaryCall<Record<string, string>, object>, callback: sendUnaryData<object>): void => {
      try {
        callback(null, { ...answer(authenticate(call.metadata), call.request), rpcId: randomUUID() });
      } catch (error) {
        callback(error as ServiceError);
      }
    };
  const server = new Server();
  server.addService(pubSubService(), {
    getTopic: unary((session, { topicName = '' }) => topicFor(org, codec, session, topicName)),
    getSchema: unary((_session, { schemaId = '' }) => {
      if (schemaId === '') throw failure('schema.validation.failed');
      const schemaJson = codec.schemaJson(schemaId);
      if (schemaJson === undefined) throw failure('schema.meta.permission');
      return { schemaId, schemaJson };
    }),
    subscribe: (call: Call) => {
      const subscription = new Subscription(call, context);
      open.add(subscription);
      for (const event of ['end', 'cancelled', 'error', 'close']) call.on(event, () => open.delete(subscription));
    }
  });
  const bound = await bind(server, `${host}:${String(port)}`, certificate);
  return {
    // TLS knows server names, not addresses (RFC 6066, section 3).
    endpoint: `${host === '127.0.0.1' ? 'localhost' : host}:${String(bound)}`,
    authority: certificate.authority,
    ...(certificate.authorityFile === undefined ? {} : { authorityFile: certificate.authorityFile }),
    disconnect: () => {
      for (const subscription of [...open]) subscription.fail(failure('service.unavailable'));
    },
    close: () => {
      for (const subscription of [...open]) subscription.fail(failure('service.unavailable'));
      server.forceShutdown();
    }
  };
}

function bind(
  server: Server,
  address: string,
  { certificate, privateKey }: { certificate: string; privateKey: string }
): Promise<number> {
  const keys = [{ cert_chain: Buffer.from(certificate), private_key: Buffer.from(privateKey) }];
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createSsl(null, keys), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
