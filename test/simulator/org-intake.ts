import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import type { OrgServer } from './org-server.js';
import { newFields, second } from './org-rows.js';
import type { CallInfo } from './server.js';

interface Answer {
  status: number;
  body: JsonValue;
}

const fault = (errorCode: string): JsonValue => [{ errorCode, message: errorCode, fields: [] }];
const refused = (errorCode: string): Answer => ({ status: 400, body: fault(errorCode) });
const created = (id: string): Answer => ({ status: 201, body: { id, success: true, errors: [] } });
const nextId = (prefix: string, count: number): string => `${prefix}${String(count + 1).padStart(15, '0')}`;

/** Customers that the org knows at the start; of the last one it has two accounts, so nobody can say which one is meant. */
const KNOWN = ['Contoso, Ltd.', 'Northwind Traders', 'Northwind Traders'];

/** What a transaction has done so far, and how to take it back. */
interface Course {
  ids: Map<string, string>;
  undo: (() => void)[];
}

/**
 * Taking records in, as the org does it: one transaction of single inserts that refer to each other, carried out as a whole or not at
 * all, with identifiers that are unique (REST API guide, "Composite", `allOrNone`).
 */
export class OrgIntake {
  public readonly accounts = new Map<string, JsonObject>();
  /** Identifier of a solution → row of the catalogue. */
  private readonly solutions = new Map<string, string>([['SOL-1', 'a01000000000000001']]);

  public constructor(private readonly org: OrgServer) {
    for (const Name of KNOWN) this.addAccount({ Name });
  }

  /** The queries that are asked before something is taken in; undefined for any other. */
  public query(object: string, where: string): JsonObject[] | undefined {
    const named = /^Referral_Identifier__c = '(.*)'$/.exec(where)?.[1];
    if (object === 'Opportunity' && named !== undefined) {
      const holder = this.holderOf(named);
      return holder === undefined || this.org.hidden.has(holder) ? [] : [{ Id: holder }];
    }
    if (object === 'Account') {
      const start = /^Name LIKE '(.*)%'/.exec(where)?.[1]?.toLowerCase() ?? '';
      return [...this.accounts.values()].filter(({ Name: name }) => String(name).toLowerCase().startsWith(start));
    }
    if (object !== 'Microsoft_Solution__c') return undefined;
    const known = [...this.solutions].filter(([id]) => where.includes(`'${id}'`));
    return known.map(([id, row]) => ({ Id: row, Solution_Identifier__c: id }));
  }

  public transaction(series: readonly JsonObject[]): Answer {
    const course: Course = { ids: new Map(), undo: [] };
    const answers: Answer[] = [];
    for (const sub of series) {
      const answer = this.insert(String(sub['url']).split('/').at(-1) ?? '', this.bodyOf(sub, course), course);
      answers.push(answer);
      if (answer.status >= 400) break;
      course.ids.set(String(sub['referenceId']), String((answer.body as JsonObject)['id']));
    }
    const failed = answers.findIndex(({ status }) => status >= 400);
    if (failed < 0) this.org.writes += 1;
    else for (const undo of course.undo.reverse()) undo();
    const compositeResponse = series.map(({ referenceId = '' }, index) => {
      const halted = failed >= 0 && index !== failed;
      const { status, body } = halted ? refused('PROCESSING_HALTED') : (answers[index] as Answer);
      return { referenceId, httpStatusCode: status, body };
    });
    return { status: 200, body: { compositeResponse } };
  }

  /** Rows in the bin hold no value of a unique field. */
  private holderOf(referral: string): string | undefined {
    const rows = [...this.org.rows.values()];
    return rows.find(({ deleted, fields }) => !deleted && fields['Referral_Identifier__c'] === referral)?.id;
  }

  private bodyOf({ body }: JsonObject, { ids }: Course): JsonObject {
    const text = JSON.stringify(body).replace(/@\{(\w+)\.id\}/g, (_whole, name: string) => ids.get(name) ?? '');
    return JSON.parse(text) as JsonObject;
  }

  private insert(object: string, body: JsonObject, { undo }: Course): Answer {
    if (this.org.rowFails()) return refused('UNABLE_TO_LOCK_ROW');
    if (object === 'Account') {
      const id = this.addAccount(body);
      undo.push(() => this.accounts.delete(id));
      return created(id);
    }
    if (object === 'Opportunity') return this.insertOpportunity(body, undo);
    if (object === 'Microsoft_Solution__c') return this.insertSolution(String(body['Solution_Identifier__c']), undo);
    const row = this.org.rows.get(String(body['Opportunity__c']));
    const chosen = [...this.solutions].find(([, id]) => id === body['Microsoft_Solution__c'])?.[0];
    if (object !== 'Opportunity_Microsoft_Solution__c' || !row || chosen === undefined) return refused('INVALID_FIELD');
    row.solutions.push({ id: chosen, stamp: row.stamp, deleted: false });
    return created(`a02${row.id}`);
  }

  private insertOpportunity(body: JsonObject, undo: Course['undo']): Answer {
    const { rows, history } = this.org;
    const referral = body['Referral_Identifier__c'];
    if (typeof referral === 'string' && this.holderOf(referral) !== undefined) return refused('DUPLICATE_VALUE');
    if (!this.accounts.has(String(body['AccountId']))) return refused('INVALID_CROSS_REFERENCE_KEY');
    const id = nextId('006', rows.size);
    const fields = { ...newFields('', false, null), Amount: null, ...body };
    rows.set(id, { id, fields, stamp: second(this.org.now()), deleted: false, lockedUntil: 0, solutions: [] });
    for (const field of ['Amount', 'Description', 'StageName'])
      history.add(id, field, (fields as JsonObject)[field] ?? null, 'engine');
    undo.push(() => {
      rows.delete(id);
      history.forget(id);
    });
    return created(id);
  }

  private insertSolution(identifier: string, undo: Course['undo']): Answer {
    if (this.solutions.has(identifier)) return refused('DUPLICATE_VALUE');
    const id = nextId('a01', this.solutions.size);
    this.solutions.set(identifier, id);
    undo.push(() => this.solutions.delete(identifier));
    return created(id);
  }

  /** Accounts that were not there at the start. */
  public created(): JsonObject[] {
    return [...this.accounts.values()].slice(KNOWN.length);
  }

  private addAccount(body: JsonObject): string {
    const Id = nextId('001', this.accounts.size + 1);
    this.accounts.set(Id, { Id, BillingPostalCode: null, ...body });
    return Id;
  }
}

/** What the trace and the witnesses are told of a transaction. */
export function takingIn(body: string): CallInfo {
  const referral = /"Referral_Identifier__c":"(\w+)"/.exec(body)?.[1];
  return { side: 'left', what: `take in ${String(referral)}`, ...(referral === undefined ? {} : { writes: referral }) };
}
