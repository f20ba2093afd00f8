import type { HttpRequest, HttpResponse } from '../../plugin/src/ports/http.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import { History } from './history.js';
import { OrgIntake, takingIn } from './org-intake.js';
import type { OrgRow } from './org-rows.js';
import { describeAnswer, newFields, queryRow, second } from './org-rows.js';
import type { CallInfo } from './server.js';
import { SimServer } from './server.js';
import type { SimTime } from './sim-time.js';

const PAGE = 2;

interface Answer {
  status: number;
  body: JsonValue;
}

const fault = (errorCode: string, message = errorCode): JsonValue => [{ errorCode, message, fields: [] }];
const locked = 'UNABLE_TO_LOCK_ROW';
const refusals: Readonly<Record<number, JsonValue>> = {
  401: fault('INVALID_SESSION_ID', 'Session expired or invalid'),
  403: fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  429: fault('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'),
  503: fault('SERVER_UNAVAILABLE')
};

/**
 * The part of the Salesforce REST API that the connector uses: stamps in whole seconds, feeds by stamp, lists of children,
 * conditional writes, batches that fail row by row, transactions that commit late.
 */
export class OrgServer extends SimServer {
  public readonly rows = new Map<string, OrgRow>();
  public readonly history = new History();
  /** Rows of any other object, by their key: the trail. */
  public readonly trail = new Map<string, JsonObject>();
  /** Not to be read by the integration user at the moment. */
  public readonly hidden = new Set<string>();
  public allowance = 100_000;
  public readonly intake = new OrgIntake(this);
  public rowFails: () => boolean = () => false;
  private readonly locators = new Map<string, string[]>();

  public constructor(time: SimTime) {
    super('left', time);
  }

  public add(shared: boolean, help: string | null = null): string {
    const id = `006${String(this.rows.size + 1).padStart(15, '0')}`;
    const fields = newFields(`Deal ${this.rows.size + 1}`, shared, help);
    const solutions = [{ id: 'SOL-1', stamp: second(this.now()), deleted: false }];
    this.rows.set(id, { id, fields, stamp: second(this.now()), deleted: false, lockedUntil: 0, solutions });
    for (const field of ['Amount', 'Description']) this.history.add(id, field, fields[field] ?? null, 'person');
    return id;
  }

  /** Stores values. `asOf` is when the transaction saw its row, by the server's clock. */
  public save(row: OrgRow, values: Readonly<Record<string, JsonValue>>, by: string, asOf = this.now()): void {
    Object.assign(row.fields, values);
    for (const [field, value] of Object.entries(values)) this.history.add(row.id, field, value, by);
    this.stamp(row, asOf);
  }

  /** A server that is set back keeps the stamps of one row growing; in step with time they stay equal within a second. */
  public stamp(row: OrgRow, asOf = this.now()): void {
    row.stamp = second(asOf) < row.stamp ? row.stamp + 1000 : second(asOf);
  }

  public info({ method, url, body = '' }: HttpRequest): CallInfo {
    const key = /sobjects\/Opportunity\/(\w+)/.exec(url)?.[1];
    if (method === 'PATCH' && key !== undefined) return { side: 'left', what: `PATCH ${key} ${body}`, writes: key };
    if (method === 'POST' && body.includes('"allOrNone":true')) return takingIn(body);
    if (method === 'POST')
      return { side: 'left', what: body.includes('"records"') ? 'tell' : body.includes('describe') ? 'look' : 'poll' };
    return { side: 'left', what: url.includes('?q=') ? 'query' : 'page' };
  }

  public refusal(status: number): HttpResponse {
    return { status, headers: this.headers(), body: JSON.stringify(refusals[status] ?? null) };
  }

  protected answer({ method, url, body, headers = {} }: HttpRequest) {
    if (this.requests > this.allowance) return { status: 403, json: refusals[403] as JsonValue };
    const answer =
      method === 'PATCH'
        ? this.patch(url, JSON.parse(body ?? '{}') as Record<string, JsonValue>, headers['if-unmodified-since'])
        : method === 'POST'
          ? this.composite(JSON.parse(body ?? '{}') as JsonObject)
          : this.get(url);
    return { status: answer.status, json: answer.body, headers: this.headers() };
  }

  private headers(): Record<string, string> {
    return { 'sforce-limit-info': `api-usage=${this.requests}/${this.allowance}` };
  }

  private composite({ compositeRequest, allOrNone }: JsonObject): Answer {
    if (allOrNone === true) return this.intake.transaction(compositeRequest as JsonObject[]);
    const answers = (compositeRequest as JsonObject[]).map((sub) => {
      const { status, body } = this.sub(String(sub['method']), String(sub['url']), sub['body'] ?? null);
      return { referenceId: sub['referenceId'] ?? '', httpStatusCode: status, body };
    });
    return { status: 200, body: { compositeResponse: answers } };
  }

  private sub(method: string, url: string, body: JsonValue): Answer {
    if (url.endsWith('/describe')) return describeAnswer(url);
    if (method === 'GET') return this.get(url);
    const records = (body as JsonObject)['records'] as JsonObject[];
    return { status: 200, body: records.map((record) => this.collectionRow(record)) };
  }

  private collectionRow(record: JsonObject): JsonObject {
    const { attributes, Id: id, ...fields } = record as Record<string, JsonValue>;
    const type = String((attributes as unknown as JsonObject)['type']);
    const row = this.rows.get(String(id));
    const failed = (statusCode: string): JsonObject => ({
      success: false,
      errors: [{ statusCode, message: statusCode }]
    });
    if (this.rowFails()) return failed(locked);
    if (type === 'Opportunity') {
      if (!row || row.deleted || this.hidden.has(row.id)) return failed('ENTITY_IS_DELETED');
      if (row.lockedUntil > this.time.now()) return failed(locked);
      this.save(row, fields, 'engine');
    } else {
      const key = String(fields['Audit_Key__c'] ?? JSON.stringify(fields));
      if (this.trail.has(key)) return failed('DUPLICATE_VALUE');
      this.trail.set(key, fields);
    }
    this.writes += 1;
    return { success: true, errors: [] };
  }

  private patch(url: string, fields: Record<string, JsonValue>, condition: string | undefined): Answer {
    const row = this.rows.get(/Opportunity\/(\w+)/.exec(url)?.[1] ?? '');
    if (!row || row.deleted || this.hidden.has(row.id)) return { status: 404, body: fault('ENTITY_IS_DELETED') };
    if (row.lockedUntil > this.time.now()) return { status: 400, body: fault(locked) };
    if (condition !== undefined && row.stamp > Date.parse(condition)) return { status: 412, body: null };
    this.save(row, fields, 'engine');
    this.writes += 1;
    return { status: 204, body: null };
  }

  private get(url: string): Answer {
    const locator = /\/query\/(LOC-\d+)/.exec(url)?.[1];
    if (locator !== undefined) return { status: 200, body: this.page(this.locators.get(locator) ?? []) };
    if (!url.includes('?q=')) return { status: 404, body: fault('NOT_FOUND') };
    return this.query(decodeURIComponent(url.slice(url.indexOf('?q=') + 3)));
  }

  private query(soql: string): Answer {
    const [, object = '', where = ''] = /.*\bFROM (\w+)(?: WHERE (.*))?$/s.exec(soql) ?? [];
    const asked = this.intake.query(object, where);
    if (asked !== undefined) return rows(asked);
    const found = /\bSystemModstamp (>=?) (\S+?)\)?(?: |$)/.exec(where);
    const since = found === null ? undefined : Date.parse(String(found[2]));
    const recent = (stamp: number): boolean =>
      since === undefined || (found?.[1] === '>' ? stamp > since : stamp >= since);
    if (object === 'Opportunity') return { status: 200, body: this.opportunities(where, recent) };
    if (object === 'Organization') return rows([{ DefaultCurrencyIsoCode: 'USD' }]);
    if (object !== 'Opportunity_Microsoft_Solution__c') return rows([]);
    const children = [...this.visible()].filter(
      (row) => inScope(row) && row.solutions.some(({ stamp }) => recent(stamp))
    );
    return rows(children.map(({ id }) => ({ Opportunity__c: id })));
  }

  private opportunities(where: string, recent: (stamp: number) => boolean): JsonValue {
    const ids = /^Id IN \((.*)\)/.exec(where)?.[1];
    const deleted = where.startsWith('IsDeleted');
    const matching = [...this.visible(deleted)].filter((row) => {
      if (ids !== undefined) return ids.includes(row.id);
      return inScope(row) && recent(row.stamp);
    });
    if (ids !== undefined || deleted) return rows(matching.map(queryRow)).body;
    matching.sort((first, next) => first.stamp - next.stamp || (first.id < next.id ? -1 : 1));
    return this.page(matching.map(({ id }) => id));
  }

  /** Pages are read when they are asked for: a row that changed meanwhile comes as it is then. */
  private page(ids: readonly string[]): JsonValue {
    const records = ids.slice(0, PAGE).flatMap((id) => {
      const row = this.rows.get(id);
      return row === undefined || row.deleted || this.hidden.has(id) ? [] : [queryRow(row)];
    });
    if (ids.length <= PAGE) return { totalSize: ids.length, done: true, records };
    const locator = `LOC-${this.locators.size + 1}`;
    this.locators.set(locator, ids.slice(PAGE));
    return { totalSize: ids.length, done: false, nextRecordsUrl: `/services/data/v66.0/query/${locator}`, records };
  }

  private *visible(deleted = false): Generator<OrgRow> {
    for (const row of this.rows.values()) if (row.deleted === deleted && !this.hidden.has(row.id)) yield row;
  }
}

const rows = (records: JsonObject[]): Answer => ({
  status: 200,
  body: { totalSize: records.length, done: true, records }
});

const inScope = ({ fields }: OrgRow): boolean =>
  fields['Sync_with_Partner_Center__c'] === true || (fields['Referral_Identifier__c'] ?? null) !== null;
