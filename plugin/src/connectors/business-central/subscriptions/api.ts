import type { JsonObject } from '../../../ports/json.js';
import type { Api } from '../api.js';
import { collectRows } from '../listing.js';
import { text } from '../query.js';
import { limits } from '../system.js';

/** A subscription as Business Central keeps it; its `clientState` is a secret and never handed out. */
export interface Subscription {
  id: string;
  etag: string;
  /** Where notices go. */
  url: string;
  /** Path of the entity set, for example `api/v2.0/companies(…)/customers`. */
  resource: string;
  /** ISO 8601 UTC. */
  expiresAt: string;
}

const PATH = 'v2.0/subscriptions';

const textOf = (row: JsonObject, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

function toSubscription(row: JsonObject): Subscription {
  return {
    id: textOf(row, 'subscriptionId'),
    etag: textOf(row, '@odata.etag'),
    url: textOf(row, 'notificationUrl'),
    resource: textOf(row, 'resource').replace(/^\//, ''),
    expiresAt: textOf(row, 'expirationDateTime')
  };
}

/** Subscriptions of an environment (Business Central: webhooks); at most 200, of all programs together. */
export class SubscriptionsApi {
  public constructor(private readonly api: Api) {}

  public async list(): Promise<Subscription[]> {
    return (await collectRows(this.api, PATH)).map(toSubscription);
  }

  /**
   * Entity sets of API v2.0 that the environment can tell about. Contacts, salespeople and opportunities are not on the documented
   * list, and have to be polled where they are missing here.
   */
  public async supported(companyId: string): Promise<ReadonlySet<string>> {
    const rows = await collectRows(
      this.api,
      `microsoft/runtime/beta/companies(${companyId})/webhookSupportedResources`,
      { filter: `resource eq ${text('v2.0*')}` }
    );
    return new Set(rows.map((row) => textOf(row, 'resource').split('/').at(-1) ?? ''));
  }

  /**
   * Business Central calls the address with a `validationToken` before it answers.
   * @throws RangeError for a `clientState` that is too long
   */
  public async create(wanted: { url: string; resource: string; clientState: string }): Promise<Subscription> {
    const { url, resource, clientState } = wanted;
    if (clientState.length > limits.clientState) throw new RangeError('clientState may have 2048 characters.');
    const { json } = await this.api.call({
      method: 'POST',
      path: PATH,
      body: { notificationUrl: url, resource: `/${resource}`, clientState },
      repeatable: false
    });
    return toSubscription(json as JsonObject);
  }

  /** Gives it another three days; undefined when it is gone and has to be made anew. The address is called here, too. */
  public async renew(
    { id, etag, url, resource }: Subscription,
    clientState: string
  ): Promise<Subscription | undefined> {
    const { status, json } = await this.api.call({
      method: 'PATCH',
      path: `${PATH}(${text(id)})`,
      body: { notificationUrl: url, resource: `/${resource}`, clientState },
      headers: { 'if-match': etag },
      repeatable: true,
      accept: [404]
    });
    return status === 404 ? undefined : toSubscription(json as JsonObject);
  }

  /** Nothing happens when it is gone already. */
  public async remove({ id, etag }: Subscription): Promise<void> {
    await this.api.call({
      method: 'DELETE',
      path: `${PATH}(${text(id)})`,
      headers: { 'if-match': etag },
      repeatable: true,
      accept: [404]
    });
  }
}
