import type { HttpRequest, HttpResponse } from '../../plugin/src/ports/http.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import { setAt, valueAt } from '../../plugin/src/mapping/paths.js';
import type { Dice } from './dice.js';
import { History } from './history.js';
import type { CallInfo } from './server.js';
import { SimServer } from './server.js';
import type { SimTime } from './sim-time.js';

const PAGE = 5;

/** A referral, and what the list shows of it. */
export interface Referral {
  id: string;
  document: JsonObject;
  /** Every version with the moment from which on the list shows it. */
  listed: { from: number; document: JsonObject; at: number }[];
}

interface Answer {
  status: number;
  json?: JsonValue;
}

const refused = (code: string, message: string, target?: string): Answer => ({
  status: code === 'preconditionFailed' ? 412 : 400,
  json: { error: { code, message, ...(target === undefined ? {} : { target }) } }
});

const tracked: Readonly<Record<string, string>> = { 'details.dealValue': 'Amount', 'details.notes': 'Description' };

/**
 * The part of the referrals API that the connector uses: creation that is not repeatable, stamps of seven digits, lists that
 * lag behind, entity tags, a state that takes no further change, and two referrals for a deal that Microsoft takes part in.
 */
export class ReferralServer extends SimServer {
  public readonly referrals = new Map<string, Referral>();
  /** Values by the names that the other side has for the fields. */
  public readonly history = new History();
  public listLagMs = 0;
  public engagementLag = false;
  /** Markers of records that are refused whatever they hold. */
  public readonly poisoned = new Set<string>();
  /** What the synchronization sent to requests that waited: answers, and what must not be sent. */
  public readonly answers: { id: string; accept: boolean }[] = [];
  public readonly sentWhileWaiting: { id: string; paths: string }[] = [];
  /** The record of a referral that carries no marker. */
  public recordOf: (id: string) => string = (id) => id;
  private changes = 0;

  public constructor(
    time: SimTime,
    private readonly dice: Dice
  ) {
    super('right', time);
  }

  /** The partner's own referrals with a marker, oldest first. */
  public of(marker: string): Referral[] {
    return [...this.referrals.values()].filter(
      ({ document }) => document['externalReferenceId'] === marker && !isMicrosofts(document)
    );
  }

  /** Deals that somebody else sent, oldest first. */
  public incoming(): Referral[] {
    return [...this.referrals.values()].filter(({ document }) => document['inviteContext'] && !isMicrosofts(document));
  }

  /** A deal from Microsoft, which has a referral of its own in the same engagement. */
  public send(wanted: JsonObject): Referral {
    const engagementId = `e${this.referrals.size + 1}`;
    const name = `Incoming ${this.referrals.size + 1}`;
    const microsofts = { organizationId: 'msft', target: [], status: 'Active', substatus: 'Accepted' };
    this.add('M', { ...wanted, name, engagementId, ...microsofts }, 'person');
    return this.add('R', { ...wanted, name, engagementId, status: 'New', substatus: 'Pending' }, 'person');
  }

  /** Microsoft's halves of an engagement. */
  public invitedTo(engagementId: JsonValue | undefined): Referral[] {
    return [...this.referrals.values()].filter(
      ({ document }) => document['engagementId'] === engagementId && isMicrosofts(document)
    );
  }

  public save(referral: Referral, values: Readonly<Record<string, JsonValue>>, by: string): void {
    this.changes += 1;
    const { document, id } = referral;
    for (const [path, value] of Object.entries(values)) {
      setAt(document, path, value);
      const name = tracked[path];
      if (name !== undefined) this.history.add(id, name, value, by);
    }
    // As on the left: a server that is set back keeps the stamps of one record growing.
    const now = Math.max(this.now(), (referral.listed.at(-1)?.at ?? 0) + 1);
    document['updatedDateTime'] = new Date(now)
      .toISOString()
      .replace('Z', `${String(this.changes % 10_000).padStart(4, '0')}Z`);
    document['eTag'] = `"${this.changes}"`;
    const from = this.time.now() + Math.floor(this.dice.next() * this.listLagMs);
    referral.listed.push({ from, at: now, document: structuredClone(document) });
  }

  public info({ method, url, body = '' }: HttpRequest): CallInfo {
    const id = /engagements\/referrals\/([^?]+)/.exec(url)?.[1];
    if (method === 'POST') {
      const { externalReferenceId: marker, target } = JSON.parse(body) as JsonObject;
      const what = JSON.stringify(target).includes('msft') ? 'invite' : 'create';
      return { side: 'right', what: `${what} ${String(marker)}`, writes: String(marker) };
    }
    if (method !== 'PATCH') return { side: 'right', what: id === undefined ? 'list' : `GET ${id}` };
    const marker = this.referrals.get(String(id))?.document['externalReferenceId'] ?? this.recordOf(String(id));
    return { side: 'right', what: `PATCH ${String(id)} of ${String(marker)} ${body}`, writes: String(marker) };
  }

  public refusal(status: number): HttpResponse {
    const headers: Record<string, string> = status === 429 ? { 'retry-after': '2' } : {};
    const body = JSON.stringify({ statusCode: status, message: 'Not now.' });
    return { status, headers, body: status === 401 ? '' : body };
  }

  protected answer({ method, url, body, headers = {} }: HttpRequest): Answer {
    const id = /engagements\/referrals\/([^?]+)/.exec(url)?.[1];
    if (method === 'POST') return this.create(JSON.parse(body ?? '{}') as JsonObject);
    const referral = id === undefined ? undefined : this.referrals.get(id);
    if (id === undefined) return this.list(url);
    if (referral === undefined)
      return { status: 404, json: { error: { code: 'notFound', message: 'No such referral.' } } };
    if (method === 'GET') return { status: 200, json: referral.document };
    return this.patch(referral, JSON.parse(body ?? '[]') as JsonObject[], headers['if-match']);
  }

  private create(wanted: JsonObject): Answer {
    const marker = String(wanted['externalReferenceId']);
    const microsofts = isMicrosofts(wanted);
    if (this.poisoned.has(marker)) return refused('invalidRequest', 'This deal cannot be taken.', 'name');
    const document: JsonObject = {
      ...wanted,
      engagementId: wanted['engagementId'] ?? `e${this.referrals.size + 1}`,
      // Whatever was asked for, a deal of the partner's own making starts as accepted.
      ...(microsofts ? {} : { status: 'Active', substatus: 'Accepted' })
    };
    this.writes += 1;
    return { status: 201, json: this.add(microsofts ? 'M' : 'R', document, 'engine').document };
  }

  private add(letter: 'M' | 'R', wanted: JsonObject, by: string): Referral {
    const id = `${letter}${this.referrals.size + 1}`;
    const createdDateTime = new Date(this.now()).toISOString();
    const referral: Referral = { id, document: structuredClone({ ...wanted, id, createdDateTime }), listed: [] };
    this.referrals.set(id, referral);
    for (const [path, name] of Object.entries(tracked))
      this.history.add(id, name, valueAt(referral.document, path) ?? null, by);
    this.save(referral, {}, by);
    return referral;
  }

  private patch(referral: Referral, operations: readonly JsonObject[], condition: string | undefined): Answer {
    const { document } = referral;
    if (condition !== undefined && condition !== document['eTag'])
      return refused('preconditionFailed', 'The resource has changed.');
    if (document['status'] === 'Closed') return refused('invalidState', 'A closed referral takes no change.', 'status');
    if (this.poisoned.has(String(document['externalReferenceId'])))
      return refused('invalidRequest', 'This deal cannot be taken.', 'name');
    const values = operations.map(({ path, value }): [string, JsonValue] => [
      String(path).slice(1).replaceAll('/', '.'),
      value ?? null
    ]);
    if (document['status'] === 'New' && !this.isAnswer(referral, Object.fromEntries(values)))
      return refused('invalidState', 'A referral that waits takes nothing but an answer.', 'status');
    this.save(referral, Object.fromEntries(values), 'engine');
    this.writes += 1;
    return { status: 200, json: document };
  }

  private isAnswer({ id }: Referral, values: JsonObject): boolean {
    const { status, substatus, externalReferenceId, statusReason, ...others } = values;
    const answer = `${String(status)}/${String(substatus)}`;
    const accept = answer === 'Active/Accepted' && externalReferenceId !== undefined;
    const decline = answer === 'Closed/Declined' && statusReason !== undefined;
    if (Object.keys(others).length > 0 || (!accept && !decline)) {
      this.sentWhileWaiting.push({ id, paths: Object.keys(values).join() });
      return false;
    }
    this.answers.push({ id, accept });
    return true;
  }

  private list(url: string): Answer {
    const query = new URL(url).searchParams;
    const filter = query.get('$filter');
    const skip = Number(query.get('$skiptoken') ?? 0);
    const wanted = filter === null ? undefined : [...filter.matchAll(/'([^']*)'/g)].map(([, id]) => id);
    const fresh = wanted !== undefined && !this.engagementLag;
    const now = this.time.now();
    const shown = [...this.referrals.values()].flatMap(({ listed }) => {
      const version = fresh ? listed.at(-1) : listed.findLast(({ from }) => from <= now);
      if (version === undefined || wanted?.includes(String(version.document['engagementId'])) === false) return [];
      return [version];
    });
    shown.sort((first, next) => stampOf(next.document).localeCompare(stampOf(first.document)));
    const value = shown.slice(skip, skip + PAGE).map(({ document }) => document);
    const more = skip + PAGE < shown.length;
    const next = `http://other/v2/engagements/referrals?${url.split('?')[1]?.replace(/&\$skiptoken=\d+/, '')}&$skiptoken=${skip + PAGE}`;
    return { status: 200, json: { value, ...(more ? { '@odata.nextLink': next } : {}) } };
  }
}

const stampOf = (document: JsonObject): string => String(document['updatedDateTime']);

export const isMicrosofts = ({ target, organizationId }: JsonObject): boolean =>
  organizationId === 'msft' || JSON.stringify(target ?? '').includes('"msft"');
