/** What the seeder needs of the REST API: a query and the collections resource, as the administrator. */
export interface SeedRecord {
  attributes: { type: string };
  [field: string]: unknown;
}

interface SaveAnswer {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

/** REST API Developer Guide, sObject Collections: at most 200 records in a call. */
const collectionLimit = 200;

export class SalesforceClient {
  public constructor(
    private readonly baseUrl: string,
    private readonly accessToken: string,
    private readonly apiVersion = '66.0'
  ) {}

  /** All rows of a query that fits in one page. */
  public async query<T>(soql: string): Promise<T[]> {
    const answer = (await this.call('GET', `/query?q=${encodeURIComponent(soql)}`)) as { records: T[] };
    return answer.records;
  }

  /** Inserts all records or throws with the first refusal; ids come back in the order of the records. */
  public async insert(records: readonly SeedRecord[]): Promise<string[]> {
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += collectionLimit) {
      const slice = records.slice(start, start + collectionLimit);
      const answers = (await this.call('POST', '/composite/sobjects', {
        allOrNone: true,
        records: slice
      })) as SaveAnswer[];
      const refused = answers.findIndex(
        ({ success, errors }) => !success && errors[0]?.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK'
      );
      if (refused >= 0) {
        const reason = answers[refused]?.errors.map((error) => `${error.statusCode}: ${error.message}`).join('; ');
        throw new Error(
          `The org refused ${slice[refused]?.attributes.type ?? 'record'} ${start + refused}: ${reason ?? ''}`
        );
      }
      ids.push(...answers.map(({ id }) => id ?? ''));
    }
    return ids;
  }

  /** Updates all records or throws with the first refusal. */
  public async update(records: readonly SeedRecord[]): Promise<void> {
    const answers = (await this.call('PATCH', '/composite/sobjects', { allOrNone: true, records })) as SaveAnswer[];
    const refused = answers.find((answer) => !answer.success);
    if (refused) throw new Error(`The org refused an update: ${refused.errors[0]?.message ?? 'no reason given'}`);
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}/services/data/v${this.apiVersion}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path.split('?')[0] ?? path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** A record of `type` with these fields. */
export const record = (type: string, fields: Record<string, unknown>): SeedRecord => ({
  attributes: { type },
  ...fields
});
