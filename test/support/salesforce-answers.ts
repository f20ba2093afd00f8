import { requiredFields, teamObject } from '../../plugin/src/connectors/salesforce/fields.js';
import { createSalesforceConnector } from '../../plugin/src/connectors/salesforce/connector.js';
import type { SalesforceConnector, SalesforceOptions } from '../../plugin/src/connectors/salesforce/connector.js';
import type { SalesforceSession } from '../../plugin/src/connectors/salesforce/session.js';
import { ManualClock } from '../../plugin/src/ports/clock.js';
import type { HttpRequest } from '../../plugin/src/ports/http.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import { ScriptedHttp } from './scripted-http.js';
import type { Answer, Step } from './scripted-http.js';

/** Server time of the canned answers. */
export const serverTime = '2026-01-05T09:00:30.000Z';
export const headers = {
  date: new Date(serverTime).toUTCString(),
  'sforce-limit-info': 'api-usage=18/15000'
};

export class FakeSession implements SalesforceSession {
  public readonly instanceUrl = 'https://org.example';
  public renewals = 0;

  public accessToken(): Promise<string> {
    return Promise.resolve(`token${this.renewals}`);
  }

  public renew(): Promise<string> {
    this.renewals += 1;
    return this.accessToken();
  }
}

export interface OrgKind {
  multiCurrency?: boolean;
  countryCodes?: boolean;
  teams?: boolean;
  /** `Object.Field`, or an object, that describe leaves out. */
  hidden?: readonly string[];
  currency?: string | null;
}

interface SubRequest {
  referenceId: string;
  url: string;
}

/** Answers a composite call sub-request by sub-request. */
export function compositeAnswer(answer: (sub: SubRequest) => { status?: number; body: unknown }): Answer {
  return (request: HttpRequest): Step => {
    const { compositeRequest } = JSON.parse(request.body ?? '{}') as { compositeRequest: SubRequest[] };
    const compositeResponse = compositeRequest.map((sub) => {
      const { status = 200, body } = answer(sub);
      return { referenceId: sub.referenceId, httpStatusCode: status, httpHeaders: {}, body };
    });
    return { headers, json: { compositeResponse } };
  };
}

export function rows(...records: object[]): { body: object } {
  return { body: { totalSize: records.length, done: true, records } };
}

/** The first call of every connector: describe of all objects and the organization. */
export function describeAnswer(kind: OrgKind = {}): Answer {
  const { hidden = [], teams = true, currency = 'EUR' } = kind;
  return compositeAnswer(({ referenceId }) => {
    if (referenceId === 'organization') return rows({ DefaultCurrencyIsoCode: currency });
    if (hidden.includes(referenceId) || (referenceId === teamObject && !teams)) {
      return { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] };
    }
    const extra = [
      ...(referenceId === 'Opportunity' && kind.multiCurrency ? ['CurrencyIsoCode'] : []),
      ...(referenceId === 'Account' && kind.countryCodes ? ['BillingCountryCode'] : [])
    ];
    const names = [...(requiredFields[referenceId] ?? []), ...extra];
    return {
      body: { fields: names.filter((name) => !hidden.includes(`${referenceId}.${name}`)).map((name) => ({ name })) }
    };
  });
}

/** An opportunity row as the REST API gives it. */
export function opportunity(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    attributes: { type: 'Opportunity', url: '/services/data/v66.0/sobjects/Opportunity/006000000000001AAA' },
    Id: '006000000000001AAA',
    Name: 'Big deal',
    Amount: 1000,
    LastModifiedDate: '2026-01-05T08:59:00.000+0000',
    SystemModstamp: '2026-01-05T08:59:00.000+0000',
    Referral_Identifier__c: null,
    Audit__c: null,
    Account: { attributes: { type: 'Account' }, Name: 'Acme' },
    Owner: { attributes: { type: 'User' }, FirstName: 'Sam', LastName: 'Seller', Email: 'sam@x.example', Phone: '1' },
    OpportunityContactRoles: null,
    OpportunityTeamMembers: null,
    Microsoft_Solutions__r: null,
    ...changes
  };
}

export interface Subject {
  connector: SalesforceConnector;
  http: ScriptedHttp;
  session: FakeSession;
  clock: ManualClock;
}

/** A connector whose org was already described. */
export function salesforce(kind: OrgKind, options: SalesforceOptions, ...answers: Answer[]): Subject {
  const http = new ScriptedHttp(describeAnswer(kind), ...answers);
  const session = new FakeSession();
  const clock = new ManualClock();
  const connector = createSalesforceConnector({ session, http, clock, random: new SeededRandom(1), options });
  return { connector, http, session, clock };
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
