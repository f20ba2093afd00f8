import { randomUUID } from 'node:crypto';
import type { Answer, ScopedCall } from '../api/call.js';
import { bodyOf } from '../api/call.js';
import { givenFields } from '../api/given-fields.js';
import { companyId } from '../api/handle.js';
import { single } from '../api/read.js';
import { viewOf } from '../api/rows.js';
import type { Target } from '../api/target.js';
import { checkToken } from '../api/write.js';
import { requiredSet } from '../contract/model.js';
import { badRequest, dialog, notAllowed } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { emptyRow, text } from '../core/values.js';
import type { World } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import { subscribable } from './supported.js';

/** How a subscriber is called; injected so that tests need no sockets. Undefined: no answer. */
export type Post = (
  url: string,
  body: string | undefined,
  headers: Readonly<Record<string, string>>
) => Promise<PostAnswer | undefined>;

export interface PostAnswer {
  status: number;
  body: string;
}

const RESOURCE = /^\/?api\/v2\.0\/companies\(([^)]+)\)\/(\w+)$/;
const OLDER = /^\/?api\/v2\.0\/(\w+)$/;

/** Subscriptions of an environment: made and renewed with a handshake, gone after three days. */
export class Subscriptions {
  public constructor(
    private readonly world: World,
    private readonly post: Post
  ) {}

  /** POST, PATCH and DELETE on `subscriptions`. */
  public async write(call: ScopedCall, target: Target): Promise<Answer> {
    call.permit('subscriptions', 'write');
    if (call.method === 'POST' && target.kind === 'set') return this.create(call);
    if (target.kind !== 'row' || !target.row.stored) throw notAllowed(call.method, 'subscriptions');
    if (call.method === 'PATCH') {
      checkToken(call, target.row, true);
      return this.renew(call, target.row.stored);
    }
    if (call.method !== 'DELETE') throw notAllowed(call.method, 'subscriptions');
    checkToken(call, target.row, false);
    this.world.store.delete(target.row.stored);
    return { status: 204 };
  }

  /** Subscriptions that are alive, after the overdue ones are thrown away. */
  public alive(): Row[] {
    const now = stamp(this.world);
    return this.world.store.all('', 'subscriptions').filter((row) => {
      if (text(row.values, 'expirationDateTime') > now) return true;
      this.world.store.delete(row);
      return false;
    });
  }

  private async create(call: ScopedCall): Promise<Answer> {
    const set = requiredSet('subscriptions');
    const { fields } = givenFields(bodyOf(call), set, { writable: new Set(), deep: false });
    const subscription = this.checked(call, fields);
    if (this.alive().length >= this.world.settings().subscriptionLimit) {
      throw dialog(
        `The maximum number of subscriptions (${this.world.settings().subscriptionLimit}) has been reached.`
      );
    }
    await this.handshake(text(fields, 'notificationUrl'));
    const now = stamp(this.world);
    const row = this.world.store.insert(
      '',
      'subscriptions',
      {
        ...emptyRow(set),
        ...subscription,
        userId: call.scope.user,
        ...this.dates(now),
        systemCreatedAt: now,
        systemCreatedBy: call.scope.user,
        systemModifiedBy: call.scope.user
      },
      'subscriptionId'
    );
    return single(call, set, viewOf(call.scope, row), 201);
  }

  private async renew(call: ScopedCall, row: Row): Promise<Answer> {
    const set = requiredSet('subscriptions');
    const { fields } = givenFields(bodyOf(call), set, { writable: new Set(), deep: false });
    if ('resource' in fields && fields['resource'] !== row.values['resource']) {
      throw dialog('The resource of a subscription cannot be changed.');
    }
    await this.handshake(text({ ...row.values, ...fields }, 'notificationUrl'));
    const now = stamp(this.world);
    const current = this.world.store.get('', 'subscriptions', row.id) ?? row;
    const values = { ...current.values, ...fields, ...this.dates(now), systemModifiedBy: call.scope.user };
    return single(call, set, viewOf(call.scope, this.world.store.update(current, values)));
  }

  private dates(now: string): Values {
    const life = this.world.settings().subscriptionHours * 3_600_000;
    return {
      lastModifiedDateTime: now,
      systemModifiedAt: now,
      expirationDateTime: `${new Date(Date.parse(now) + life).toISOString().slice(0, 19)}Z`
    };
  }

  private checked(call: ScopedCall, fields: Values): Values {
    const resource = text(fields, 'resource');
    const [, company, set] = RESOURCE.exec(resource) ?? [];
    const [, flat] = OLDER.exec(resource) ?? [];
    const name = set ?? flat;
    if (name === undefined) throw badRequest(`The resource '${resource}' cannot be subscribed to.`);
    if (!subscribable(this.world.settings()).includes(name)) {
      throw dialog(`The entity set '${name}' does not support webhooks.`);
    }
    const companyKey = company ?? call.query.get('company') ?? '';
    const id = companyId(this.world, call.scope.environment, companyKey);
    if (text(fields, 'notificationUrl') === '') throw dialog('The notificationUrl must have a value.');
    const subscriptionId = text(fields, 'subscriptionId') || randomUUID().replaceAll('-', '');
    return { ...fields, subscriptionId, $company: id, $set: name };
  }

  /** The subscriber must answer 200 with the token, on creation as on renewal. */
  private async handshake(url: string): Promise<void> {
    let address: URL;
    try {
      address = new URL(url);
    } catch {
      throw dialog(`The notificationUrl '${url}' is not a valid address.`);
    }
    const token = randomUUID();
    address.searchParams.set('validationToken', token);
    const answer = await this.post(address.toString(), undefined, {});
    if (answer?.status === 200 && answer.body.trim() === token) return;
    throw dialog('The notification URL did not answer the validation request with the validation token.');
  }
}
