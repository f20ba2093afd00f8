/** Fetches a small file; rejects when it is larger than `maxBytes`, late, or not there. */
export type FetchBytes = (url: string, limits: { maxBytes: number; timeoutMs: number }) => Promise<Buffer>;

/** Without redirects and without any header of ours: the address was given by a stranger. */
export const fetchBytes: FetchBytes = async (url, { maxBytes, timeoutMs }) => {
  const { request: send } = await import('undici');
  const answer = await send(url, { method: 'GET', signal: AbortSignal.timeout(timeoutMs) });
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw new Error(`The server answered ${answer.statusCode}.`);
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer.body) {
    size += (piece as Buffer).length;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > maxBytes) throw new Error(`The file is larger than ${maxBytes} bytes.`);
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
};
