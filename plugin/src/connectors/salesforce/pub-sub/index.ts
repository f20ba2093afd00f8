export { createChangeEvents } from './change-events.js';
export type { ChangeEvent, ChangeEvents, ChangeEventsInput, ChangeSignal, TopicState } from './types.js';
export { changeTopics } from './topics.js';
