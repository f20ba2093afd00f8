import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRecordPage } from '../../../../sandbox/src/record-page/index.js';
import type { ChangeSource, RecordPage } from '../../../../sandbox/src/record-page/index.js';

export interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

const users = [
  { username: 'sam@test.example', displayName: 'Sam <Seller>', accessToken: 'token-of-sam' },
  { username: 'lena@test.example', displayName: 'Lena', accessToken: 'token-of-lena' }
];

/** A record page in front of a server that records what it is asked and answers the two reads the page itself makes. */
export class RunningPage {
  public readonly seen: Seen[] = [];

  private constructor(
    private readonly upstream: Server,
    private readonly folder: string,
    private readonly page: { current?: RecordPage }
  ) {}

  public static async start(changes?: ChangeSource): Promise<RunningPage> {
    const folder = await mkdtemp(path.join(tmpdir(), 'record-page-'));
    await writeFile(path.join(folder, 'page.js'), 'export {};');
    await writeFile(path.join(folder, 'inputs.sha256'), 'x');
    const upstream = createServer();
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const running = new RunningPage(upstream, folder, {});
    upstream.on('request', (incoming: IncomingMessage, outgoing) => {
      void running.record(incoming).then((seen) => {
        outgoing.writeHead(seen.url.includes('refuse') ? 400 : 200, {
          'content-type': 'application/json',
          'x-internal': '1'
        });
        outgoing.end(JSON.stringify(running.answer(seen)));
      });
    });
    const { port } = upstream.address() as AddressInfo;
    running.page.current = await startRecordPage({
      port: 0,
      salesforceUrl: `http://127.0.0.1:${port}`,
      users,
      buildDir: folder,
      ...(changes && { changes })
    });
    return running;
  }

  public get url(): string {
    return this.page.current?.url ?? '';
  }

  public async close(): Promise<void> {
    await this.page.current?.close();
    this.upstream.closeAllConnections();
    await new Promise((resolve) => this.upstream.close(resolve));
    await rm(this.folder, { recursive: true });
  }

  /** `fetch` may set neither Host nor Origin, so the requests are made by hand. */
  public send(method: string, target: string, headers: Record<string, string> = {}, body = ''): Promise<Reply> {
    const { hostname, port } = new URL(this.url);
    return new Promise((resolve, reject) => {
      const outgoing = request({ hostname, port, method, path: target, headers, agent: false }, (incoming) => {
        void textOf(incoming).then((text) =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text })
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  private async record(incoming: IncomingMessage): Promise<Seen> {
    const { method = '', url = '', headers } = incoming;
    const seen = { method, url, headers, body: await textOf(incoming) };
    this.seen.push(seen);
    return seen;
  }

  private answer({ url, headers }: Seen): object {
    if (url.includes('/object-info/')) return { fields: { Name: {}, StageName: {} } };
    if (!url.includes('/query')) return { echo: url };
    const known = headers.authorization?.startsWith('Bearer token-of-') ?? false;
    return {
      records: known
        ? [
            {
              Id: '0055g0000000001AAA',
              LocaleSidKey: 'en_GB',
              LanguageLocaleKey: 'en_US',
              TimeZoneSidKey: 'Europe/Amsterdam'
            }
          ]
        : []
    };
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
