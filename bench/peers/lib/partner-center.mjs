// @ts-check
/** Partner Center for the scripts beside us: undici on keep-alive connections, as documented, no retries. */
import { Agent, request } from 'undici';

const page = '?$orderby=updatedDateTime%20desc';

export class PartnerCenter {
  /** @param {string} url @param {string} token @param {number} connections */
  constructor(url, token, connections) {
    this.root = `${url}/v1.0/engagements/referrals`;
    this.token = token;
    this.agent = new Agent({ connections });
    /** The service's own time of the last answer. */
    this.serverTime = new Date(0).toISOString();
  }

  /** @param {'GET' | 'POST'} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  async call(method, path, body) {
    const answer = await request(this.root + path, {
      method,
      dispatcher: this.agent,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const json = /** @type {any} */ (await answer.body.json());
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`);
    this.serverTime = String(answer.headers['timestamp'] ?? new Date(String(answer.headers['date'])).toISOString());
    return json;
  }

  /** Referrals that changed after `since`, newest first. @param {string} since */
  async changedSince(since) {
    const found = [];
    for (let query = page; ;) {
      const { value, '@odata.nextLink': next } = await this.call('GET', query);
      const changed = value.filter(
        (/** @type {{ updatedDateTime: string }} */ { updatedDateTime }) =>
          Date.parse(updatedDateTime) > Date.parse(since)
      );
      found.push(...changed);
      if (changed.length < value.length || typeof next !== 'string') return found;
      query = next.slice(next.indexOf('?'));
    }
  }

  close() {
    return this.agent.close();
  }
}
