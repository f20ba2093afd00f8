import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventLog, OpenSync, ServiceResult, SyncInput } from '../../../plugin/src/service/index.js';
import { loadSettings, openSync, serve } from '../../../plugin/src/service/index.js';
import { CLIENT_ID, PARTNER } from '../../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../../sandbox/src/partner-center/server.js';
import { solutionCatalogue } from '../../../sandbox/src/partner-center/solution-catalogue.js';
import type { RunningSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { record, SalesforceClient } from '../../../sandbox/src/world/salesforce-client.js';
import { assignPermissionSets, seedUsers } from '../../../sandbox/src/world/seed/users.js';
import { admin, connect, deployTo, startOrg } from '../../support/salesforce-org.js';

const INTEGRATION = 'integration@cosell.example';

export interface ServiceStatus {
  cycles: number;
  receiver: { url: string; accepted: number; refused: number; lastRefusal: string | null } | null;
  changeEvents: { topics: { topic: string; state: string; code?: string }[]; received: number; own: number } | null;
}

/** The service as it runs, and what it logged. */
export class Serving {
  public readonly log: string[] = [];
  private readonly controller = new AbortController();
  private readonly served: Promise<ServiceResult>;
  private healthUrl = '';

  public constructor(private readonly sync: OpenSync) {
    const log: EventLog = {
      write: (_level, event, fields) => void this.log.push(`${event} ${fields?.['code'] ?? ''}`.trim())
    };
    const onStart = ({ healthUrl = '' }: { healthUrl?: string }): void => void (this.healthUrl = healthUrl);
    this.served = serve(sync, { signal: this.controller.signal, log, healthPort: 0, onStart });
  }

  public async status(): Promise<ServiceStatus> {
    await until(() => this.healthUrl !== '');
    return (await (await fetch(`${this.healthUrl}/status`)).json()) as ServiceStatus;
  }

  /** Waits for a first look that is over and for all topics to stand. */
  public async ready(state = 'open'): Promise<ServiceStatus> {
    let status = await this.status();
    await until(async () => {
      status = await this.status();
      return status.cycles > 0 && (status.changeEvents?.topics ?? []).every((topic) => topic.state === state);
    });
    return status;
  }

  /** Waits until no cycle was begun for a while; answers their number. */
  public async quiet(forMs: number): Promise<number> {
    for (;;) {
      const { cycles } = await this.status();
      await wait(forMs);
      if ((await this.status()).cycles === cycles) return cycles;
    }
  }

  public async stop(): Promise<ServiceResult> {
    this.controller.abort();
    const result = await this.served;
    await this.sync.close();
    return result;
  }
}

export async function until(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<number> {
  const begun = performance.now();
  while (!(await condition())) {
    if (performance.now() - begun > limitMs) throw new Error(`Waited ${String(limitMs)} ms in vain.`);
    await wait(10);
  }
  return performance.now() - begun;
}

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
