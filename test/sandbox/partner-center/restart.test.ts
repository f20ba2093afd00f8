import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openPartnerCenter } from '../../../sandbox/src/partner-center/open.js';
import { deal, REFERRALS, requestOf, START } from './helpers.js';
import type { Json } from './helpers.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'partner-center-'));
  folders.push(folder);
  return join(folder, 'partner-center.db');
}

describe('a restart', () => {
  it('keeps referrals, history, settings, clock, tokens and the order of stamps', async () => {
    const options = { file: file(), now: () => START };
    const first = await openPartnerCenter(options);
    first.changeSettings({ createStatus: 201 });
    first.advance(86_400_000);
    const token = await first.issueAccessToken();
    const created = (await first.dispatch(requestOf('POST', REFERRALS, { token, body: deal() }))).body as Json;
    first.close();

    const second = await openPartnerCenter(options);
    const read = await second.dispatch(requestOf('GET', `${REFERRALS}/${created.id}`, { token }));
    expect(read.body).toMatchObject(created);
    expect(second.world.settings().createStatus).toBe(201);
    expect(second.world.clock.now()).toBe(START + 86_400_000);
    expect(second.world.store.history(created.engagementId)).toHaveLength(1);
    const patch = { token, body: [{ path: '/details/notes', value: 'x' }] };
    await second.dispatch(requestOf('PATCH', `${REFERRALS}/${created.id}`, patch));
    const now = second.world.store.get(created.id)?.document;
    expect((now?.updatedDateTime ?? '') > created.updatedDateTime).toBe(true);
    second.close();
  });

  it('seeds an empty inbox once', async () => {
    const options = { file: file(), now: () => START, seed: true };
    const first = await openPartnerCenter(options);
    const ids = first.world.store.all().map((stored) => stored.id);
    first.close();
    const second = await openPartnerCenter(options);
    expect(second.world.store.all().map((stored) => stored.id)).toEqual(ids);
    expect(ids.length).toBeGreaterThan(10);
    second.reset();
    expect(second.world.store.all()).toHaveLength(ids.length);
    second.close();
  });
});
