import { hash, timingSafeEqual } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../../ports/json.js';

/** A hint to look, never the truth. */
export interface Notice {
  /** Entity set, for example `customers`. */
  set: string;
  companyId: string;
  /** The record; undefined when more changed than is told one by one. */
  key?: string;
  change: 'created' | 'updated' | 'deleted' | 'collection';
}

/** An answer to Business Central's call. */
export interface NoticeAnswer {
  status: 200 | 202 | 400 | 403;
  /** Plain text. */
  body: string;
}

const CHANGES = new Set<unknown>(['created', 'updated', 'deleted', 'collection']);
const RESOURCE = /\/companies\(([0-9a-f-]{36})\)\/(\w+)(?:\(([0-9a-f-]{36})\))?(?:\?.*)?$/i;

/** The handshake on creation and renewal: the token alone, as plain text; undefined for any other call. */
export function answerHandshake(url: string): NoticeAnswer | undefined {
  const token = new URL(url, 'http://receiver').searchParams.get('validationToken');
  return token === null ? undefined : { status: 200, body: token };
}

/** In constant time, whatever the lengths: notices are not signed, and this is the only proof of where they come from. */
function isGenuine(given: JsonValue | undefined, clientState: string): boolean {
  const digest = (text: string): Buffer => Buffer.from(hash('sha256', text), 'hex');
  return timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(clientState));
}

function toNotice({ resource, changeType }: JsonObject): Notice | undefined {
  const [, companyId, set, key] = RESOURCE.exec(String(resource)) ?? [];
  if (companyId === undefined || set === undefined || !CHANGES.has(changeType)) return undefined;
  const change = changeType as Notice['change'];
  return { set, companyId: companyId.toLowerCase(), change, ...(key === undefined ? {} : { key: key.toLowerCase() }) };
}

/**
 * The notices of a call, and what to answer. Any status but 2xx, 408, 429 and 5xx makes Business Central delete the subscription, so a
 * call that holds at least one genuine item is accepted; items of other subscriptions in it are left out.
 */
export function readNotices(body: string, clientState: string): { answer: NoticeAnswer; notices: Notice[] } {
  let items: JsonObject[];
  try {
    const { value } = JSON.parse(body.replace(/^\uFEFF/, '')) as { value: JsonObject[] };
    items = value.filter((item) => typeof item === 'object' && item !== null);
  } catch {
    return { answer: { status: 400, body: '' }, notices: [] };
  }
  const genuine = items.filter((item) => isGenuine(item['clientState'], clientState));
  if (genuine.length === 0) return { answer: { status: 403, body: '' }, notices: [] };
  const notices = genuine.map(toNotice).filter((notice) => notice !== undefined);
  return { answer: { status: 202, body: '' }, notices };
}
