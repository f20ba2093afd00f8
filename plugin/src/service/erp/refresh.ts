import type { ErpAnswer, ErpOrg, ErpPage, OrgCandidate } from '../../connectors/salesforce/index.js';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { ErpReader } from './reader.js';

export interface RefreshPorts {
  org: ErpOrg;
  reader: ErpReader;
  clock: Clock;
}

/** What a refresh did. */
export interface RefreshResult {
  pages: number;
  accounts: number;
  products: number;
  /** Rows written. */
  availability: number;
  statistics: number;
  fault: { code: string; message: string } | null;
}

const unique = (candidates: readonly OrgCandidate[]): OrgCandidate[] => [
  ...new Map(candidates.map((each) => [each.id, each])).values()
];

/** What went wrong, as the page may say it; nothing else of an error is shown. */
function faultOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof CosellError)) return { code: 'INTERNAL', message: 'An unexpected error ended the refresh.' };
  return { code: error.code, message: [error.message, ...error.nextSteps.slice(0, 1)].join(' ') };
}

async function refresh(
  { org, reader }: RefreshPorts,
  accounts: readonly OrgCandidate[],
  products: readonly OrgCandidate[],
  keepEmpty: boolean
): Promise<Pick<RefreshResult, 'availability' | 'statistics'>> {
  const [statistics, availability] = await Promise.all([
    reader.statistics(accounts, keepEmpty),
    reader.availability(products)
  ]);
  if (statistics.length > 0) await org.writeStatistics(statistics);
  if (products.length > 0)
    await org.writeAvailability(
      availability,
      products.map(({ id }) => id)
    );
  return { statistics: statistics.length, availability: availability.length };
}

/**
 * Refreshes what some pages show, rows first and then the answer that takes the requests away. A failure of Business Central is
 * an answer too, so that nobody waits for nothing; one of Salesforce is thrown, and the requests stay.
 */
export async function refreshPages(ports: RefreshPorts, pages: readonly ErpPage[]): Promise<RefreshResult> {
  const accounts = unique(pages.flatMap(({ account }) => account ?? []));
  const products = unique(pages.flatMap((page) => page.products));
  let written = { availability: 0, statistics: 0 };
  let fault: RefreshResult['fault'] = null;
  try {
    written = await refresh(ports, accounts, products, true);
  } catch (error) {
    if (error instanceof CosellError && 'system' in error && error.system === 'salesforce') throw error;
    fault = faultOf(error);
  }
  const at = new Date(ports.clock.now()).toISOString();
  const answers = pages.map(({ object, id }): ErpAnswer => ({ object, id, at, ...(fault ? { fault } : {}) }));
  await ports.org.answer(answers);
  return { pages: pages.length, accounts: accounts.length, products: products.length, ...written, fault };
}

/** Records refreshed together: bounds the memory and how long a request waits behind the schedule. */
const TOGETHER = 500;

/** Refreshes every account that has a customer and every product of an open opportunity. @throws what the reading throws */
export async function refreshAll(ports: RefreshPorts, signal?: AbortSignal): Promise<RefreshResult> {
  const { accounts, products } = await ports.org.everything();
  const sums = { availability: 0, statistics: 0 };
  const slices = Math.max(Math.ceil(accounts.length / TOGETHER), Math.ceil(products.length / TOGETHER));
  for (let at = 0; at < slices && signal?.aborted !== true; at += 1) {
    const part = <T>(all: readonly T[]): T[] => all.slice(at * TOGETHER, (at + 1) * TOGETHER);
    const written = await refresh(ports, part(accounts), part(products), false);
    sums.availability += written.availability;
    sums.statistics += written.statistics;
  }
  return { pages: 0, accounts: accounts.length, products: products.length, ...sums, fault: null };
}
