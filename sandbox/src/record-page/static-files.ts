import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './guard.js';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg'
};

/** Serves a file of the build folder; anything outside it, and any kind of file not listed above, does not exist. */
export async function serveStatic(
  urlPath: string,
  ifNoneMatch: string | undefined,
  response: ServerResponse,
  buildDir: string
): Promise<void> {
  const file = path.resolve(buildDir, `.${path.posix.normalize(decode(urlPath))}`);
  const type = types[path.extname(file)];
  const inside = file.startsWith(path.resolve(buildDir) + path.sep);
  const found = inside && type !== undefined ? await stat(file).catch(() => undefined) : undefined;
  if (!found?.isFile() || type === undefined)
    throw new Refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
  const etag = `"${found.size.toString(36)}-${found.mtimeMs.toString(36)}"`;
  const headers = { etag, 'cache-control': 'no-cache' };
  if (ifNoneMatch === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': found.size });
  await pipeline(createReadStream(file), response);
}

function decode(urlPath: string): string {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    throw new Refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
}
