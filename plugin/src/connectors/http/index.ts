export { mapBounded } from './bounded.js';
export { withCallCount } from './call-count.js';
export type { CountingHttp } from './call-count.js';
export { defaultRetryPolicy, withRetry } from './retry.js';
export type { RepeatableRequest, RetryingHttp, RetryPolicy } from './retry.js';
export { undiciHttp } from './undici-http.js';
export type { ClosableHttp, UndiciHttpOptions } from './undici-http.js';
export { openStream, textOf } from './streaming.js';
