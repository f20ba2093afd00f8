// @ts-check
/** Both stand-ins on fresh data, each in a process of its own, failing by chance. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_ID, PARTNER } from '../../../sandbox/lib/partner-center/core/directory.js';
import { startChild } from './child.mjs';
import { copyOrg } from './template.mjs';

/**
 * @typedef {{ unavailable?: number, dropBefore?: number, dropAfter?: number }} Rates
 * @typedef {Awaited<ReturnType<typeof startWorld>>} World
 */

/** @param {string} controlUrl @param {object | undefined} faults */
async function setFaults(controlUrl, faults) {
  const request = faults ? { method: 'POST', body: JSON.stringify(faults) } : { method: 'DELETE' };
  const answer = await fetch(`${controlUrl}/faults`, request);
  if (!answer.ok) throw new Error(await answer.text());
}

/**
 * @param {object} options
 * @param {string} options.folder
 * @param {import('./template.mjs').Template} options.template
 * @param {number} options.latencyMs of every call
 */
export async function startWorld({ folder, template, latencyMs }) {
  mkdirSync(folder, { recursive: true });
  copyOrg(template, folder);
  const salesforce = await startChild(new URL('salesforce-process.mjs', import.meta.url), {
    ...{ file: join(folder, 'salesforce.db'), port: template.port, latencyMs }
  });
  const center = await startChild(new URL('partner-center-process.mjs', import.meta.url), {
    ...{ file: join(folder, 'partner-center.db'), latencyMs }
  });
  return {
    salesforce,
    center,
    /** @param {Rates | undefined} rates undefined: none any more @param {number} seed */
    fail: async (rates, seed) => {
      await setFaults(salesforce.facts.controlUrl, rates && { faultRates: { ...rates, seed } });
      await setFaults(center.facts.controlUrl, rates && { faultRates: { ...rates, seed: seed + 1 } });
      // Clearing takes the latency away, too.
      if (!rates && latencyMs > 0) await setFaults(center.facts.controlUrl, latencyOf(latencyMs));
    },
    close: async () => {
      await Promise.all([salesforce.stop(), center.stop()]);
    }
  };
}

const latencyOf = (/** @type {number} */ milliseconds) => ({ kind: 'latency', milliseconds, count: 1_000_000_000 });

/**
 * Settings of the workers. A lease much shorter than in operation, so that the work of a killed process comes back in seconds.
 * @param {object} options
 * @param {string} options.folder
 * @param {World} options.world
 * @param {object} options.more settings of the engine under test
 */
export function writeSettings({ folder, world, more }) {
  const file = join(folder, 'cosell.yaml');
  const { url, refreshToken } = world.center.facts;
  const variable = 'COSELL_PARTNER_CENTER_REFRESH_TOKEN';
  const settings = {
    salesforce: { changeEvents: { enabled: false } },
    // The check mark in front of a name is a chore between passes, so a further run may find names to mark.
    cosell: { markName: false },
    partnerCenter: {
      ...{ baseUrl: url, authority: url, tenantId: PARTNER.tenantId, clientId: CLIENT_ID },
      ...{ refreshTokenVariable: variable, tokenCacheFile: 'tokens.json' }
    },
    ...{ pollInterval: '500ms', lookupDelay: '300ms' },
    ...more
  };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(settings, null, 2));
  return { file, env: { [variable]: refreshToken } };
}
