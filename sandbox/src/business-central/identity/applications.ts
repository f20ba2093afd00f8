import { X509Certificate } from 'node:crypto';
import type { KeptValues } from '../../partner-center/store/database.js';

export const TENANT = { id: '5f9a1b3c-2d47-4c8e-9b60-7a1e4d2c8f05', domain: 'cronus.onmicrosoft.example' };

/** What an application may do with the data of the companies; the names are rows of `permissionSets`. */
export interface PermissionSet {
  readonly read: '*' | readonly string[];
  readonly write: '*' | readonly string[];
}

/** Permission sets of the stand-in; a small choice of what an administrator assigns on the page "Microsoft Entra applications". */
export const permissionSets: Readonly<Record<string, PermissionSet>> = {
  'D365 FULL ACCESS': { read: '*', write: '*' },
  'D365 READ': { read: '*', write: [] },
  'D365 SALES': {
    read: '*',
    write: [
      'customers',
      'contacts',
      'customerContacts',
      'opportunities',
      'salesOrders',
      'salesOrderLines',
      'salesQuotes',
      'salesQuoteLines',
      'subscriptions'
    ]
  }
};

/** A registered application: its credentials in Entra ID, and its card in Business Central. */
export interface Application {
  clientId: string;
  /** Object id of the service principal; the user id of everything it writes. */
  objectId: string;
  secret?: string;
  /** PEM of the certificate with which it signs assertions. */
  certificate?: string;
  /** Application permissions with the administrator's consent. */
  roles: string[];
  /** Whether it has a card in Business Central, and what stands on it. */
  registered: boolean;
  state: 'Enabled' | 'Disabled';
  permissionSets: string[];
}

export const INTEGRATION_CLIENT_ID = 'b7c0a5de-41f2-4f0a-8f2d-6a9c1e3d5b10';
export const INTEGRATION_SECRET = 'sandbox-business-central-secret';

const first: Application = {
  clientId: INTEGRATION_CLIENT_ID,
  objectId: '0d3f6c52-8a17-4b9e-a4c5-1e7b2f8d9a33',
  secret: INTEGRATION_SECRET,
  roles: ['API.ReadWrite.All', 'Automation.ReadWrite.All'],
  registered: true,
  state: 'Enabled',
  permissionSets: ['D365 FULL ACCESS']
};

/** The applications of the tenant. */
export class Applications {
  public constructor(private readonly kept: KeptValues) {
    if (!this.find(first.clientId)) this.save(first);
  }

  public find(clientId: string): Application | undefined {
    return this.kept.get('applications', clientId.toLowerCase()) as Application | undefined;
  }

  /** Adds or changes an application. Throws a plain `Error` when it makes no sense. */
  public save(change: Partial<Application> & { clientId: string }): Application {
    const clientId = change.clientId.toLowerCase();
    const application: Application = {
      ...(this.find(clientId) ?? {
        objectId: clientId.replace(/^.{8}/, '0b1ec700'),
        roles: ['API.ReadWrite.All'],
        registered: true,
        state: 'Enabled' as const,
        permissionSets: []
      }),
      ...change,
      clientId
    };
    if (application.permissionSets.includes('SUPER')) throw new Error('An application can never hold SUPER.');
    const unknown = application.permissionSets.find((name) => !(name in permissionSets));
    if (unknown !== undefined) throw new Error(`There is no permission set ${unknown}.`);
    if (application.certificate !== undefined) new X509Certificate(application.certificate);
    this.kept.set('applications', clientId, application);
    return application;
  }
}
