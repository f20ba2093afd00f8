export { SubscriptionsApi } from './api.js';
export type { Subscription } from './api.js';
export { answerHandshake, readNotices } from './notice.js';
export type { Notice, NoticeAnswer } from './notice.js';
export { keepUp, planUpkeep, RENEW_BEFORE_MS } from './upkeep.js';
export type { Step, UpkeepResult, Wanted } from './upkeep.js';
