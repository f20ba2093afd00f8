import { openOrg } from '../../../../sandbox/src/salesforce/core/open-org.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import type { FieldSchema, SObjectFieldType } from '../../../../sandbox/src/salesforce/core/schema.js';
import type { ApiRequest } from '../../../../sandbox/src/salesforce/core/transport.js';
import { uiApiRoutes } from '../../../../sandbox/src/salesforce/ui-api/index.js';

export interface Answer {
  status: number;
  // Tests look into answers of many shapes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** An org with two accounts, three opportunities, one contact role and a seller who may read one custom field and edit another. */
export class DemoOrg {
  public readonly ids: Record<string, string> = {};

  private constructor(public readonly org: OrgHandle) {}

  public static open(): DemoOrg {
    const admin = { username: 'ada@test.example', firstName: 'Ada', lastName: 'Admin' };
    const org = openOrg({
      file: ':memory:',
      routes: uiApiRoutes,
      multiCurrency: false,
      setup: { name: 'Test', admin }
    });
    const demo = new DemoOrg(org);
    demo.deploy();
    demo.addUsers();
    demo.addRecords();
    return demo;
  }

  public close(): void {
    this.org.close();
  }

  public create(object: string, values: Record<string, unknown>): string {
    return this.org.data.create(this.org.sessionFor('ada@test.example'), object, values);
  }

  /** One API call as `sam` (the seller), `rita` (read only) or `ada` (administrator). */
  public async call(
    user: 'sam' | 'rita' | 'ada',
    method: ApiRequest['method'],
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Answer> {
    const url = new URL(`http://org/services/data/v66.0${path}`);
    const response = await this.org.dispatch({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: { authorization: `Bearer ${this.org.auth.issueAccessToken(`${user}@test.example`)}`, ...headers },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body))
    });
    return { status: response.status, body: JSON.parse(JSON.stringify(response.body ?? null)) };
  }

  public graphql(user: 'sam' | 'rita' | 'ada', query: string, variables: object = {}): Promise<Answer> {
    return this.call(user, 'POST', '/graphql', { query, variables });
  }

  private deploy(): void {
    const fields = [
      custom('Shared__c', 'boolean', { nillable: false, defaultValue: false }),
      custom('Secret__c', 'string', { length: 80 }),
      custom('Reference__c', 'string', { length: 80 }),
      custom('Notes__c', 'textarea', { length: 4000, longText: true })
    ];
    const grants = { Shared__c: true, Reference__c: false, Notes__c: true };
    this.org.applyMetadata({
      upsertObjects: [],
      deleteObjects: [],
      upsertFields: fields.map((field) => ({ object: 'Opportunity', field })),
      deleteFields: [],
      upsertPermissionSets: [
        {
          name: 'Seller',
          label: 'Seller',
          description: '',
          grant: {
            objects: {},
            fields: Object.fromEntries(
              Object.entries(grants).map(([name, editable]) => [`Opportunity.${name}`, { readable: true, editable }])
            ),
            userPermissions: [],
            tabs: {}
          }
        }
      ],
      deletePermissionSets: [],
      upsertComponents: [],
      deleteComponents: []
    });
  }

  private addUsers(): void {
    const ada = this.org.sessionFor('ada@test.example');
    const idOf = (soql: string): string => String(this.org.data.query(ada, soql).records[0]?.['Id']);
    const profiles = { sam: 'Standard User', rita: 'Read Only' };
    for (const [name, profile] of Object.entries(profiles)) {
      this.ids[name] = this.create('User', {
        Username: `${name}@test.example`,
        Email: `${name}@test.example`,
        LastName: name,
        Alias: name,
        ProfileId: idOf(`SELECT Id FROM Profile WHERE Name = '${profile}'`),
        IsActive: true,
        TimeZoneSidKey: 'Europe/Amsterdam',
        LocaleSidKey: name === 'sam' ? 'en_GB' : 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US'
      });
    }
    this.create('PermissionSetAssignment', {
      AssigneeId: this.ids['sam'],
      PermissionSetId: idOf("SELECT Id FROM PermissionSet WHERE Name = 'Seller'")
    });
  }

  private addRecords(): void {
    const { ids } = this;
    ids['acme'] = this.create('Account', { Name: 'Acme', BillingCity: 'Utrecht' });
    ids['bolt'] = this.create('Account', { Name: "Bolt's" });
    const deal = (Name: string, account: string, values: object): string =>
      this.create('Opportunity', {
        Name,
        AccountId: ids[account],
        StageName: 'Prospecting',
        CloseDate: '2027-05-04',
        ...values
      });
    ids['alpha'] = deal('Alpha', 'acme', { Amount: 1234.5, Shared__c: true, Secret__c: 'x', Reference__c: 'R-1' });
    ids['beta'] = deal('Beta 100%', 'acme', { Amount: 50, CloseDate: '2027-01-31', StageName: 'Qualification' });
    ids['gamma'] = deal('Gamma', 'bolt', { CloseDate: '2026-12-24', NextStep: 'Call' });
    ids['contact'] = this.create('Contact', { LastName: 'Lee', FirstName: 'Kim', AccountId: ids['acme'] });
    ids['role'] = this.create('OpportunityContactRole', {
      OpportunityId: ids['alpha'],
      ContactId: ids['contact'],
      Role: 'Decision Maker',
      IsPrimary: true
    });
  }
}

function custom(name: string, type: SObjectFieldType, more: Partial<FieldSchema>): FieldSchema {
  const label = name.replace('__c', '');
  return {
    name,
    label,
    type,
    custom: true,
    nillable: true,
    createable: true,
    updateable: true,
    permissionable: true,
    ...more
  };
}
