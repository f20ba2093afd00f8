import { afterAll, beforeAll, describe } from 'vitest';
import { realSfs } from '../../scripts/lib/real-sf.mjs';
import { bulk } from './session/bulk.js';
import { deploys, quickDeploys } from './session/deploys.js';
import { describes } from './session/describes.js';
import { expiredSessions } from './session/expired-sessions.js';
import { records } from './session/records.js';
import { startSession, type Session } from './session/session.js';
import { signIn } from './session/sign-in.js';
import { wrongInput } from './session/wrong-input.js';

/** One working day of an administrator with the official CLI against the Salesforce stand-in, in order. */
describe.each(realSfs)('$name', (cli) => {
  let session: Session;
  const current = (): Session => session;
  beforeAll(async () => {
    session = await startSession(cli);
  });
  afterAll(() => session.close());

  describe('signing in', () => signIn(current));
  describe('deploying', () => deploys(current));
  describe('describing and retrieving', () => describes(current));
  describe('records', () => records(current));
  describe('bulk', () => bulk(current));
  // What only the org decides is asked by one CLI: the newest repeats every command, not every answer.
  if (cli === realSfs[0]) {
    describe('quick deploys', () => quickDeploys(current));
    describe('wrong input', () => wrongInput(current));
  }
  describe('expired sessions', () => expiredSessions(current));
});
