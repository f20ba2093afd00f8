import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sidewaysOf, violationsOf } from '../support/axe.js';
import { pageRig } from '../support/record-page.js';
import type { PageRig } from '../support/record-page.js';
import { ownHome } from '../support/salesforce-org.js';
import { auditOf, conflictsOf, sectionStates } from './section-states.js';
import type { SectionState } from './section-states.js';

ownHome();

const pictures = new URL('../output/', import.meta.url).pathname;

describe('every state of the section fits, from 1440 to 320 pixels, in light and in forced colors', () => {
  let at: PageRig;
  let solutions: string[];
  beforeAll(async () => {
    at = await pageRig(['sam.seller@cosell.example']);
    await at.page.emulateMedia({ reducedMotion: 'reduce' });
    solutions = at.rig.create(
      'Microsoft_Solution__c',
      [
        'Contoso Secure Landing Zone',
        'Azure OpenAI Service',
        'A solution with an unusually long name for the whole of the public sector'
      ].map((Name, index) => ({
        Name,
        Solution_Identifier__c: `SOL-${index}`,
        Publisher_Name__c: 'Contoso Partners',
        Active__c: true
      }))
    );
  });
  afterAll(() => at.close());

  const show = async (state: SectionState): Promise<void> => {
    const { opportunity } = state;
    // A referral belongs to one opportunity only.
    const own = 'Referral_Identifier__c' in opportunity ? { Referral_Identifier__c: randomUUID() } : {};
    const id = await at.open({ ...opportunity, ...own });
    const { rig } = at;
    rig.create('Cosell_Issue__c', conflictsOf(id, state.conflicts ?? 0));
    rig.create('Cosell_Audit__c', auditOf(id, state.auditEntries ?? 0));
    const chosen = solutions.slice(0, state.solutions ?? 0);
    rig.create(
      'Opportunity_Microsoft_Solution__c',
      chosen.map((solution) => ({ Opportunity__c: id, Microsoft_Solution__c: solution }))
    );
    await at.page.reload();
    await at.section.getByText(state.shows).first().waitFor();
    // It sticks to the top, and would lie over what the picture shows.
    await at.page.locator('.page-header').evaluate((header) => (header.style.position = 'static'));
    await expect.poll(() => at.section.getByText('Loading').count()).toBe(0);
    if (state.auditEntries) await at.section.locator('c-cosell-audit-trail li').first().waitFor();
  };

  it.each(sectionStates)('$name', async (state) => {
    await at.page.setViewportSize({ width: 1440, height: 1000 });
    await show(state);
    expect(await violationsOf(at.page)).toEqual([]);
    await at.section.screenshot({ path: `${pictures}state-${state.name}-1440.png` });
    for (const width of [768, 360, 320]) {
      await at.page.setViewportSize({ width, height: 900 });
      expect(await sidewaysOf(at.page)).toBeLessThanOrEqual(0);
    }
    await at.section.screenshot({ path: `${pictures}state-${state.name}-320.png` });
    await at.page.emulateMedia({ forcedColors: 'active' });
    await at.section.screenshot({ path: `${pictures}state-${state.name}-320-forced.png` });
    await at.page.emulateMedia({ forcedColors: 'none' });
  });

  it('loading: the skeleton holds still for those who asked for less motion', async () => {
    await at.page.setViewportSize({ width: 1440, height: 1000 });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await at.page.route('**/ui-api/records/**', async (route) => {
      await held;
      await route.continue();
    });
    await at.open({});
    const bones = at.section.locator('c-cosell-skeleton .bone');
    await bones.first().waitFor();
    const motion = (): Promise<string> => bones.first().evaluate((bone) => getComputedStyle(bone).animationName);
    expect(await motion()).toBe('none');
    expect(await violationsOf(at.page)).toEqual([]);
    await at.section.screenshot({ path: `${pictures}state-loading.png` });
    await at.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await motion()).not.toBe('none');
    release();
    await at.section.getByText('Not shared').waitFor();
    await at.page.unroute('**/ui-api/records/**');
  });

  it('all without an error on the page', () => {
    expect(at.problems).toEqual([]);
  });
});
