import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as call } from 'undici';
import type { ChangeBus, ChangeNotice } from '../salesforce/core/contract.js';
import { Refusal } from './guard.js';
import type { PageUser } from './sign-in.js';

/** What the page needs of the org's bus. */
export interface ChangeSource extends Pick<ChangeBus, 'subscribe'> {
  /** Whether the user has View All on the entity (Change Data Capture guide, "Required Permissions for Change Events"). */
  mayReceive(username: string, channel: string): boolean;
}

export interface StreamRequest {
  url: URL;
  user: PageUser;
  salesforceUrl: string;
  changes?: ChangeSource;
}

/** Proxies and browsers drop a stream that stays silent. */
const heartbeatMs = 20_000;
const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8' };

/**
 * `GET /events?channel=/data/OpportunityChangeEvent&channel=…`: change events as Server-Sent Events, in the message shape of empApi. A channel
 * that the org does not publish is answered with 400. Whether the user may follow them is said in the stream, as the event `subscribed` or
 * `refused`: in an org that is a message too and no error of HTTP.
 */
export async function streamChanges(
  request: IncomingMessage,
  response: ServerResponse,
  stream: StreamRequest
): Promise<void> {
  const channels = stream.url.searchParams.getAll('channel');
  const { changes } = stream;
  if (!changes || channels.length === 0) {
    throw new Refusal(400, 'INVALID_CHANNEL', 'The channel you requested to subscribe to does not exist');
  }
  if (!channels.every((channel) => changes.mayReceive(stream.user.username, channel))) {
    refuse(response);
    return;
  }
  const readable = new ReadableFields(stream);
  const stops: (() => void)[] = [];
  try {
    for (const channel of channels)
      stops.push(changes.subscribe(channel, (notice) => void send(response, channel, notice, readable)));
    response.writeHead(200, streamHeaders);
    response.write('event: subscribed\ndata: {}\n\n');
    const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
    stops.push(() => clearInterval(heartbeat));
    await once(request, 'close');
  } finally {
    stops.forEach((stop) => stop());
    // A refused channel is answered by the caller, with its status.
    if (response.headersSent) response.end();
  }
}

function refuse(response: ServerResponse): void {
  const error = '403::The user does not have the permission to subscribe to this channel.';
  response.writeHead(200, streamHeaders).end(`event: refused\ndata: ${JSON.stringify({ error })}\n\n`);
}

async function send(
  response: ServerResponse,
  channel: string,
  notice: ChangeNotice,
  readable: ReadableFields
): Promise<void> {
  const { replayId, values, ...header } = notice;
  const visible = await readable.of(notice.entityName).catch(() => new Set<string>());
  const keep = (name: string): boolean => visible.has(name);
  const payload = {
    ChangeEventHeader: { ...header, changedFields: header.changedFields.filter(keep) },
    ...Object.fromEntries(Object.entries(values).filter(([name]) => keep(name)))
  };
  const message = { channel, data: { event: { replayId }, payload, schema: notice.entityName } };
  if (!response.writableEnded) response.write(`id: ${replayId}\ndata: ${JSON.stringify(message)}\n\n`);
}

/** Field-level security holds for subscribers too (CDC guide, "Security considerations"). */
class ReadableFields {
  private readonly known = new Map<string, Promise<ReadonlySet<string>>>();

  public constructor(private readonly stream: StreamRequest) {}

  public of(entity: string): Promise<ReadonlySet<string>> {
    const fields = this.known.get(entity) ?? this.read(entity);
    this.known.set(entity, fields);
    return fields;
  }

  private async read(entity: string): Promise<ReadonlySet<string>> {
    const answer = await call(`${this.stream.salesforceUrl}/services/data/v66.0/ui-api/object-info/${entity}`, {
      headers: { authorization: `Bearer ${this.stream.user.accessToken}` }
    });
    const { fields = {} } = (await answer.body.json()) as { fields?: Record<string, unknown> };
    return new Set(Object.keys(fields));
  }
}
