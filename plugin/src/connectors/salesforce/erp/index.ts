import type { Clock } from '../../../ports/clock.js';
import type { HttpClient } from '../../../ports/http.js';
import type { Random } from '../../../ports/random.js';
import type { CallLog } from '../../http/call-log.js';
import { SalesforceRest } from '../rest.js';
import type { SalesforceSession } from '../session.js';
import { allCandidates, pagesByIds, waitingPages } from './pages.js';
import type { ErpOrg } from './port.js';
import { availabilityRows, removeOthers, statisticsRows, upsertRows, writeAnswers } from './rows.js';

export type { ErpAnswer, ErpObject, ErpOrg, ErpPage, FigureRow, OrgCandidate } from './port.js';

export interface ErpOrgInput {
  session: SalesforceSession;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Where the calls of all processes are counted. */
  callLog?: CallLog;
  timeoutMs?: number;
}

/** The ERP panel's side of an org. */
export function createErpOrg(input: ErpOrgInput): ErpOrg {
  const rest = new SalesforceRest(input);
  return {
    waiting: (since) => waitingPages(rest, since),
    pages: (ids) => pagesByIds(rest, ids),
    everything: () => allCandidates(rest),
    writeAvailability: async (rows, products) => {
      await upsertRows(rest, 'ERP_Availability__c', rows);
      await removeOthers(rest, new Set(rows.map((row) => row.ERP_Key__c)), products);
    },
    writeStatistics: (rows) => upsertRows(rest, 'ERP_Account_Statistics__c', rows),
    answer: (answers) => writeAnswers(rest, answers),
    figures: async (accounts, products) => ({
      availability: await availabilityRows(rest, products),
      statistics: await statisticsRows(rest, accounts)
    }),
    calls: () => rest.calls()
  };
}
