import type { HttpClient, HttpRequest, HttpResponse, HttpStream } from '../../plugin/src/ports/http.js';

export type Step = Partial<HttpResponse> & { json?: unknown };
export type Answer = Step | Error | ((request: HttpRequest) => Step | Error);

/** In-memory twin of the HTTP port: answers in the given order and keeps what was asked. */
export class ScriptedHttp implements HttpClient {
  public readonly requests: HttpRequest[] = [];
  private readonly answers: Answer[];

  public constructor(...answers: Answer[]) {
    this.answers = answers;
  }

  public add(...answers: Answer[]): this {
    this.answers.push(...answers);
    return this;
  }

  public request(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const next = this.answers.shift();
    if (next === undefined) return Promise.reject(new Error(`Unexpected request: ${request.method} ${request.url}`));
    const answer = typeof next === 'function' ? next(request) : next;
    if (answer instanceof Error) return Promise.reject(answer);
    const { json, status = 200, headers = {}, body } = answer;
    return Promise.resolve({ status, headers, body: body ?? (json === undefined ? '' : JSON.stringify(json)) });
  }

  /** The same answers in pieces of seven characters, so that nothing can rely on where pieces end. */
  public async stream(request: HttpRequest): Promise<HttpStream> {
    const { status, headers, body } = await this.request(request);
    const pieces = async function* (): AsyncGenerator<string> {
      for (let start = 0; start < body.length; start += 7) yield await Promise.resolve(body.slice(start, start + 7));
    };
    return { status, headers, body: pieces() };
  }

  /** Parsed body of a request. */
  public bodyOf(index: number): unknown {
    return JSON.parse(this.requests[index]?.body ?? 'null');
  }

  /** Answers that were not asked for; a test that ends with some left has seen fewer calls than it thinks. */
  public unused(): number {
    return this.answers.length;
  }
}
