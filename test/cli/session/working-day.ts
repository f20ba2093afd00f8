import { afterAll, beforeAll, describe } from 'vitest';
import { realSfs } from '../../../scripts/lib/real-sf.mjs';
import { bulk } from './bulk.js';
import { deploys, quickDeploys } from './deploys.js';
import { describes } from './describes.js';
import { expiredSessions } from './expired-sessions.js';
import { records } from './records.js';
import { startSession, type Session } from './session.js';
import { signIn } from './sign-in.js';
import { wrongInput } from './wrong-input.js';

/** One working day of an administrator with an official CLI against the Salesforce stand-in, in order. */
export const workingDay = (cli: (typeof realSfs)[number]): void => {
  describe(cli.name, () => {
    let session: Session;
    const current = (): Session => session;
    beforeAll(async () => {
      session = await startSession(cli);
    });
    afterAll(() => session.close());

    describe('signing in', () => signIn(current));
    describe('deploying', () => deploys(current));
    // What only the org decides is asked by one CLI. The newest repeats what its own client does: sign-ins, deploys over SOAP
    // and REST, bulk jobs and renewals.
    if (cli === realSfs[0]) {
      describe('describing and retrieving', () => describes(current));
      describe('records', () => records(current));
    }
    describe('bulk', () => bulk(current));
    if (cli === realSfs[0]) {
      describe('quick deploys', () => quickDeploys(current));
      describe('wrong input', () => wrongInput(current));
    }
    describe('expired sessions', () => expiredSessions(current));
  });
};
