import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncInput } from '../../../plugin/src/service/index.js';
import { loadSettings, openSync } from '../../../plugin/src/service/index.js';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { solutionCatalogue } from '../../../sandbox/src/partner-center/solution-catalogue.js';
import { addFirstStage } from '../../../sandbox/src/salesforce/core/opportunity-stages.js';
import type { RunningSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { record, SalesforceClient } from '../../../sandbox/src/world/salesforce-client.js';
import { assignPermissionSets, seedUsers } from '../../../sandbox/src/world/seed/users.js';
import { admin, connect, deployTo, startOrg } from '../../support/salesforce-org.js';
import { Serving } from './serving.js';

export type { ServiceStatus } from './serving.js';
export { Serving, until } from './serving.js';

const INTEGRATION = 'integration@cosell.example';

/** Both stand-ins with our metadata and people, and deals that can be shared. */
export class ServiceRig {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cosell-service-'));
  private account = '';
  private solution = '';
  private owner = '';
  /** Settings besides those that every test has. */
  public more: object = {};

  private constructor(
    public readonly salesforce: RunningSalesforce,
    public readonly center: RunningPartnerCenter,
    private people: SalesforceClient
  ) {}

  /** After the clock was moved, sessions are over. */
  public moveClock(milliseconds: number): void {
    const { org, url } = this.salesforce;
    org.clock.move(milliseconds);
    this.people = new SalesforceClient(url, org.auth.issueAccessToken(admin));
  }

  public static async start(changeEvents = true): Promise<ServiceRig> {
    const salesforce = await startOrg({ pubSubPort: 0 });
    const center = await startPartnerCenter({ file: ':memory:', port: 0 });
    const people = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
    const rig = new ServiceRig(salesforce, center, people);
    addFirstStage(salesforce.org, admin, 'On Hold', 10);
    const users = await seedUsers(people);
    const { failures } = await deployTo(await connect(salesforce), { changeEvents });
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    await assignPermissionSets(people);
    rig.owner = users.get('sam.seller@cosell.example') ?? '';
    const { id, name } = solutionCatalogue[0] ?? { id: '', name: '' };
    const catalogue = record('Microsoft_Solution__c', { Name: name, Solution_Identifier__c: id });
    [rig.solution = ''] = await people.insert([catalogue]);
    const address = { BillingStreet: '1 Way', BillingCity: 'Oslo', BillingCountry: 'NO' };
    [rig.account = ''] = await people.insert([record('Account', { Name: 'Alpine Ski House', ...address })]);
    return rig;
  }

  /** Signed in anew whenever the service asks, as with a JWT. */
  public async serve(pollInterval: string, endpoint = this.salesforce.pubSub?.endpoint): Promise<Serving> {
    const { session, settingsFile, env } = this.input(pollInterval, endpoint);
    return new Serving(await openSync(loadSettings(settingsFile, env), session, { env }));
  }

  /** What a command hands over. */
  public input(pollInterval = '1s', endpoint = this.salesforce.pubSub?.endpoint): SyncInput {
    const { org, url, pubSub } = this.salesforce;
    const authority = join(this.folder, 'ca.pem');
    writeFileSync(authority, pubSub?.authority ?? '');
    const file = join(this.folder, 'cosell.yaml');
    const settings = {
      partnerCenter: {
        baseUrl: this.center.url,
        authority: this.center.url,
        tenantId: PARTNER.tenantId,
        clientId: CLIENT_ID,
        refreshTokenVariable: 'PC_TOKEN'
      },
      salesforce: { changeEvents: { endpoint, caFile: 'ca.pem' } },
      ledger: 'events.ledger',
      pollInterval,
      lookupDelay: '0ms',
      ...this.more
    };
    writeFileSync(file, JSON.stringify(settings));
    let token = org.auth.issueAccessToken(INTEGRATION);
    const session = {
      instanceUrl: url,
      organizationId: org.id,
      accessToken: () => Promise.resolve(token),
      renew: () => Promise.resolve((token = org.auth.issueAccessToken(INTEGRATION)))
    };
    return { session, settingsFile: file, env: { PC_TOKEN: this.center.issueRefreshToken() } };
  }

  /** A deal that misses nothing but the toggle. */
  public async deal(name: string): Promise<string> {
    const deal = { Name: name, AccountId: this.account, OwnerId: this.owner, StageName: 'Prospecting', Amount: 1000 };
    const [id = ''] = await this.people.insert([record('Opportunity', { ...deal, CloseDate: '2027-06-30' })]);
    const solution = { Opportunity__c: id, Microsoft_Solution__c: this.solution };
    await this.people.insert([record('Opportunity_Microsoft_Solution__c', solution)]);
    return id;
  }

  public edit(id: string, values: Record<string, string | number | boolean | null>): Promise<unknown> {
    return this.people.update([record('Opportunity', { Id: id, ...values })]);
  }

  public async amount(id: string): Promise<number> {
    const [row] = await this.people.query<{ Amount: number }>(`SELECT Amount FROM Opportunity WHERE Id = '${id}'`);
    return row?.Amount ?? 0;
  }

  public async referral(id: string): Promise<string> {
    const soql = `SELECT Referral_Identifier__c FROM Opportunity WHERE Id = '${id}'`;
    const [row] = await this.people.query<{ Referral_Identifier__c: string | null }>(soql);
    return row?.Referral_Identifier__c ?? '';
  }

  /** Some fields of an opportunity. */
  public async fields(id: string, names: readonly string[]): Promise<Record<string, unknown>> {
    const soql = `SELECT ${names.join(', ')} FROM Opportunity WHERE Id = '${id}'`;
    return (await this.people.query<Record<string, unknown>>(soql))[0] ?? {};
  }

  /** The audit trail of an opportunity, oldest first. */
  public audit(id: string): Promise<{ Message__c: string; Outcome__c: string; Action__c: string }[]> {
    const columns = 'Message__c, Outcome__c, Action__c';
    return this.people.query(`SELECT ${columns} FROM Cosell_Audit__c WHERE Opportunity__c = '${id}' ORDER BY Name`);
  }

  /** The org's time, milliseconds since the epoch. */
  public now(): number {
    return this.salesforce.org.clock.now().getTime();
  }

  public query<T>(soql: string): Promise<T[]> {
    return this.people.query<T>(soql);
  }

  public change(...records: Parameters<SalesforceClient['update']>[0][number][]): Promise<void> {
    return this.people.update(records);
  }

  /** A customer contact with everything that Microsoft needs. */
  public async addContact(deal: string): Promise<void> {
    const person = { FirstName: 'Kari', LastName: 'Kunde', Email: 'kari@alpine.example', Phone: '+47 2' };
    const [ContactId] = await this.people.insert([record('Contact', { ...person, AccountId: this.account })]);
    await this.people.insert([record('OpportunityContactRole', { OpportunityId: deal, ContactId, IsPrimary: true })]);
  }

  /** A second solution. */
  public async addSolution(deal: string): Promise<void> {
    const { id, name } = solutionCatalogue[1] ?? { id: '', name: '' };
    const catalogue = record('Microsoft_Solution__c', { Name: name, Solution_Identifier__c: id });
    const [Microsoft_Solution__c] = await this.people.insert([catalogue]);
    await this.people.insert([
      record('Opportunity_Microsoft_Solution__c', { Opportunity__c: deal, Microsoft_Solution__c })
    ]);
  }

  /** A path in the rig's folder, which goes with it. */
  public file(name: string): string {
    return join(this.folder, name);
  }

  public toggle(id: string): Promise<unknown> {
    return this.people.update([record('Opportunity', { Id: id, Sync_with_Partner_Center__c: true })]);
  }

  public async synced(id: string): Promise<boolean> {
    const soql = `SELECT Cosell_Sync_State__c FROM Opportunity WHERE Id = '${id}'`;
    const [row] = await this.people.query<{ Cosell_Sync_State__c: string }>(soql);
    return row?.Cosell_Sync_State__c === 'Synced';
  }

  public async close(): Promise<void> {
    await this.center.close();
    await this.salesforce.close();
    rmSync(this.folder, { recursive: true });
  }
}
