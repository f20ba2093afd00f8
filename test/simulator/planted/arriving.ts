import type { HttpClient } from '../../../plugin/src/ports/http.js';
import type { RemoteRecord } from '../../../plugin/src/sync/index.js';
import { instead } from '../instead.js';
import { onRightPages } from './tools.js';
import type { Planted } from './tools.js';

const withoutRequest = ({ request: _request, ...rest }: RemoteRecord): RemoteRecord => rest;

/** A deal is created first and named after its referral with a call of its own. */
const markedLater = (http: HttpClient): HttpClient => ({
  request: async (request) => {
    const { url, body = '', ...rest } = request;
    const referral = /"Referral_Identifier__c":"(\w+)",?/.exec(body);
    if (referral === null || !body.includes('"allOrNone":true')) return http.request(request);
    const answer = await http.request({ ...rest, url, body: body.replace(referral[0], '') });
    const key = /"id":"(006\w+)"/.exec(answer.body)?.[1];
    const marked = { Referral_Identifier__c: referral[1] ?? '' };
    if (key !== undefined) {
      const record = url.replace('/composite', `/sobjects/Opportunity/${key}`);
      await http.request({ ...rest, method: 'PATCH', url: record, body: JSON.stringify(marked) });
    }
    return answer;
  }
});

/** Defects around deals that others send. */
export const ARRIVING: readonly Planted[] = [
  {
    name: 'a deal that is taken in first and marked afterwards',
    breaks: ['G1'],
    profile: 'inbound',
    tricks: () => ({ http: markedLater })
  },
  {
    name: 'a request that waits, treated like any other deal',
    breaks: ['hold'],
    profile: 'inbound',
    tricks: () => ({
      connectors: ({ left, right }) => ({
        left,
        right: instead(onRightPages(right, withoutRequest), {
          read: async (refs) => {
            const found = await right.read(refs);
            return new Map([...found].map(([key, record]) => [key, withoutRequest(record)]));
          }
        })
      })
    })
  }
];
