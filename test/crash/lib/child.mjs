// @ts-check
/** Questions to a child process over its channel, and the other end of it. */
import { fork } from 'node:child_process';

/**
 * Starts a stand-in's process and waits until it says that it is ready.
 * @param {URL} script
 * @param {object} options handed over as JSON
 */
export async function startChild(script, options) {
  const child = fork(script, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  /** @type {Map<number, { resolve: (value: any) => void, reject: (reason: Error) => void }>} */
  const waiting = new Map();
  let last = 0;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  /** @type {Promise<any>} */
  const ready = new Promise((resolve, reject) => {
    child.on('message', (/** @type {any} */ { id, result, error }) => {
      if (id === 0) return resolve(result);
      const { resolve: answer, reject: refuse } = waiting.get(id) ?? {};
      waiting.delete(id);
      return error === undefined ? answer?.(result) : refuse?.(new Error(error));
    });
    child.once('exit', (code) => {
      const reason = new Error(`${script.pathname} ended with exit code ${code}.`);
      reject(reason);
      for (const question of waiting.values()) question.reject(reason);
    });
  });
  const facts = await ready;
  return {
    facts,
    /** @param {string} question @param {unknown} [body] @returns {Promise<any>} */
    ask: (question, body) =>
      new Promise((resolve, reject) => {
        waiting.set((last += 1), { resolve, reject });
        child.send({ id: last, question, body });
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    }
  };
}

/**
 * Answers questions until the parent closes the channel or ends.
 * @param {object} facts told to the parent at once
 * @param {Record<string, (body: any) => unknown>} answers
 * @param {() => Promise<void>} close
 */
export function serveParent(facts, answers, close) {
  process.on('message', async (/** @type {any} */ { id, question, body }) => {
    try {
      process.send?.({ id, result: await answers[question]?.(body) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.once('disconnect', () => void close());
  process.send?.({ id: 0, result: facts });
}
