import type { ClosableHttp } from '../../../../plugin/src/connectors/http/index.js';
import { undiciHttp } from '../../../../plugin/src/connectors/http/index.js';
import type { HttpRequest } from '../../../../plugin/src/ports/http.js';
import { HttpTransportError } from '../../../../plugin/src/ports/http.js';

/** A batch of creations in one set that gets no answer. */
export interface Loss {
  set: string;
  /** Which one of the set, from 1 on. */
  batch: number;
  /** Whether the service carries it out all the same. */
  carriedOut: boolean;
  /** Called once it is lost. */
  then?: () => void;
}

interface Part {
  method: string;
  url: string;
}

/** Set of a batch in which everything is a creation. */
function creationsOf({ method, url, body }: HttpRequest): string | undefined {
  if (method !== 'POST' || !url.endsWith('/$batch') || body === undefined) return undefined;
  const { requests } = JSON.parse(body) as { requests: readonly Part[] };
  if (!requests.every((part) => part.method === 'POST')) return undefined;
  return requests[0]?.url.split('/').at(-1);
}

/** HTTP on which chosen batches of creations are lost, on their way there or on the way back. */
export class LosingHttp implements ClosableHttp {
  /** Creation batches seen, by set. */
  public readonly batches = new Map<string, number>();
  public readonly lost: Loss[] = [];
  private readonly http = undiciHttp();

  public constructor(private readonly losses: readonly Loss[]) {}

  public async request(request: HttpRequest) {
    const set = creationsOf(request);
    if (set === undefined) return this.http.request(request);
    const batch = (this.batches.get(set) ?? 0) + 1;
    this.batches.set(set, batch);
    const loss = this.losses.find((one) => one.set === set && one.batch === batch);
    if (loss === undefined) return this.http.request(request);
    if (loss.carriedOut) await this.http.request(request);
    this.lost.push(loss);
    loss.then?.();
    throw new HttpTransportError('cut', 'The connection ended before an answer came.');
  }

  public stream(request: HttpRequest) {
    return this.http.stream!(request);
  }

  public close(): Promise<void> {
    return this.http.close();
  }
}
