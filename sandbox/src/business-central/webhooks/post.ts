import type { Post } from './subscriptions.js';

const ANSWER_MS = 10_000;

/** POSTs to a subscriber; undefined when it does not answer. */
export const postOverHttp: Post = async (url, body, headers) => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: body ?? '',
      headers,
      signal: AbortSignal.timeout(ANSWER_MS)
    });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return undefined;
  }
};
