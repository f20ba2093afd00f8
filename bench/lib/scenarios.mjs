// @ts-check
/** What is measured, each in a sandbox of its own with the same data. */
import { setTimeout as wait } from 'node:timers/promises';
import { countDuplicates, createDeals, editReferrals, measuredReferrals, toggle } from './deals.mjs';
import { Sandbox, newFolder, removeFolder } from './sandbox.mjs';

/**
 * @typedef {import('./columns.mjs').Column} Column
 * @typedef {{ folder: string, plain: string[], withHelp: string[] }} Template
 * @typedef {Record<string, number | null>} Figures
 */

const round = (/** @type {number} */ value, digits = 2) => Number(value.toFixed(digits));

/** @param {import('./measured.mjs').Measured} measured @param {string} what */
const succeeded = (measured, what, codes = [0]) => {
  if (!codes.includes(measured.code))
    throw new Error(`${what} ended with ${measured.code}: ${measured.output.slice(-2000)}`);
  return measured;
};

/** An org with deals that are not shared yet, looked at once by ours. @param {number} count @param {Column} ours @returns {Promise<Template>} */
export const makeTemplate = async (count, ours) => {
  const folder = newFolder('template');
  const sandbox = await Sandbox.start(folder);
  try {
    // Two of the deals that wait in the inbox name records which the org does not have: those are listed, hence 68.
    succeeded(await ours.pass(sandbox), 'The first look', [0, 68]);
    const plain = await createDeals(sandbox, count);
    return { folder, plain, withHelp: await createDeals(sandbox, count, { help: true }) };
  } finally {
    await sandbox.stop();
  }
};

export const removeTemplate = (/** @type {Template} */ { folder }) => removeFolder(folder);

/** @param {Template} template @param {Column} column @param {(sandbox: Sandbox) => Promise<Figures>} scenario */
const inSandbox = async ({ folder }, column, scenario) => {
  const sandbox = await Sandbox.copyOf(folder);
  try {
    await column.prepare(sandbox);
    return await scenario(sandbox);
  } finally {
    await sandbox.remove();
  }
};

/** One pass with what the stand-ins saw of it. @param {Sandbox} sandbox @param {Column} column @param {string} what */
const counted = async (sandbox, column, what) => {
  await sandbox.resetCounters();
  const measured = succeeded(await column.pass(sandbox), what);
  const { salesforce, 'partner-center': partnerCenter } = await sandbox.counters();
  return { ...measured, salesforce, partnerCenter, calls: salesforce.total + partnerCenter.total };
};

/** Deals that have a referral after a pass. @param {Sandbox} sandbox @param {string} kind @param {number} expected */
const mustHold = async (sandbox, kind, expected) => {
  const { referrals } = await countDuplicates(sandbox);
  if (referrals < expected) throw new Error(`${kind}: ${referrals} referrals instead of ${expected}.`);
};

/**
 * Toggled opportunities become referrals; with `further` also a second run, an idle one, and changed referrals that flow back.
 *
 * @param {Template} template @param {Column} column
 * @param {{ latencyMs: number, help?: boolean, further: boolean }} options
 */
export const share = (template, column, { latencyMs, help = false, further }) =>
  inSandbox(template, column, async (sandbox) => {
    const deals = help ? template.withHelp : template.plain;
    await toggle(sandbox, deals);
    await sandbox.setLatency(latencyMs);
    const first = await counted(sandbox, column, `${column.name}: sharing`);
    await sandbox.setLatency(0);
    await mustHold(sandbox, column.name, deals.length);
    /** @type {Figures} */
    const figures = {
      calls: first.calls,
      wallSeconds: round(first.wallSeconds),
      cpuSeconds: round(first.cpuSeconds),
      recordsPerCpuSecond: Math.round(deals.length / first.cpuSeconds),
      peakMegabytes: Math.round(first.peakMegabytes),
      inFlightSalesforce: first.salesforce.mostInFlight,
      inFlightPartnerCenter: first.partnerCenter.mostInFlight
    };
    if (!further) return figures;
    await counted(sandbox, column, `${column.name}: second run`);
    figures['duplicatesAfterSecondRun'] = (await countDuplicates(sandbox)).duplicates;
    // Past the overlap of every cursor; the pass after that moves them to where nothing happened.
    await sandbox.passTime(10);
    await counted(sandbox, column, `${column.name}: settling`);
    const idle = await counted(sandbox, column, `${column.name}: idle run`);
    figures['idleCallsSalesforce'] = idle.salesforce.total;
    figures['idleCallsPartnerCenter'] = idle.partnerCenter.total;
    return column.bothWays ? { ...figures, ...(await bringBack(sandbox, column, latencyMs)) } : figures;
  });

/** @param {Sandbox} sandbox @param {Column} column @param {number} latencyMs @returns {Promise<Figures>} */
const bringBack = async (sandbox, column, latencyMs) => {
  const own = await measuredReferrals(sandbox);
  await sandbox.passTime(10);
  await editReferrals(sandbox, own);
  await sandbox.setLatency(latencyMs);
  const back = await counted(sandbox, column, `${column.name}: changes back`);
  await sandbox.setLatency(0);
  const rows = await sandbox.query("SELECT Description FROM Opportunity WHERE Name LIKE '%Measured deal%'");
  const changed = rows.filter(({ Description }) => Description.endsWith('Enlarged.'));
  if (changed.length < own.length)
    throw new Error(`${column.name}: ${changed.length} of ${own.length} changes came back.`);
  return { backCalls: back.calls, backWallSeconds: round(back.wallSeconds), backCpuSeconds: round(back.cpuSeconds) };
};

/** How often a killed run is repeated, and the pause before it: ours waits for the lease of the killed one and for its look-up. */
const REPEATS = 8;
const PAUSE_MS = 10_000;

/** A run killed when half of the referrals exist, then runs until every deal is coupled. @param {Template} template @param {Column} column */
export const killed = (template, column) =>
  inSandbox(template, column, async (sandbox) => {
    const { plain } = template;
    await toggle(sandbox, plain);
    await sandbox.setLatency(5);
    await sandbox.resetCounters();
    const created = async () => {
      const { calls } = (await sandbox.counters())['partner-center'];
      return Object.entries(/** @type {Record<string, { calls: number }>} */ (calls))
        .filter(([name]) => name.startsWith('POST ') && name.includes('referrals'))
        .reduce((sum, [, entry]) => sum + entry.calls, 0);
    };
    await column.pass(sandbox, {
      whileRunning: async (child) => {
        while (child.exitCode === null && (await created()) < plain.length / 2) await wait(10);
        child.kill('SIGKILL');
      }
    });
    await sandbox.setLatency(0);
    const open = async () =>
      (
        await sandbox.query(
          'SELECT Id FROM Opportunity WHERE Sync_with_Partner_Center__c = true AND Referral_Identifier__c = null'
        )
      ).length;
    let runs = 0;
    for (; runs < REPEATS && (await open()) > 0; runs += 1) {
      if (runs > 0) await wait(PAUSE_MS);
      await column.pass(sandbox);
    }
    return { duplicatesAfterKill: (await countDuplicates(sandbox)).duplicates, leftOpenAfterKill: await open() };
  });
