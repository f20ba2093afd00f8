import type { HttpClient, HttpRequest, HttpStream } from '../../ports/http.js';

/** A body that is there already, as a stream of one piece. */
export async function* onePiece(text: string): AsyncGenerator<string> {
  if (text !== '') yield await Promise.resolve(text);
}

/** Opens a streamed answer; a client that cannot stream is asked for the whole answer. */
export async function openStream(http: HttpClient, request: HttpRequest): Promise<HttpStream> {
  if (http.stream) return http.stream(request);
  const { status, headers, body } = await http.request(request);
  return { status, headers, body: onePiece(body) };
}

/** The whole text of a streamed body. */
export async function textOf(body: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}
