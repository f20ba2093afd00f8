import type { ApiUsage } from '../core/api-usage.js';
import type { Route } from '../core/contract.js';
import { describeChangedAt } from '../core/describe-dates.js';
import { isNotModified, stateHeaders } from './conditional.js';
import { baseUrl, DATA, handleOf } from './http.js';
import { describeGlobalEntry } from './describe-object.js';

const releases = [
  ['62.0', "Winter '25"],
  ['63.0', "Spring '25"],
  ['64.0', "Summer '25"],
  ['65.0', "Winter '26"],
  ['66.0', "Spring '26"],
  ['67.0', "Summer '26"],
  ['68.0', "Winter '27"]
] as const;

const names = ['sobjects', 'query', 'queryAll', 'limits', 'composite', 'jobs', 'metadata', 'tooling', 'ui-api'];

/** Other allocations; nothing in the stand-in uses them up. */
const otherLimits: Readonly<Record<string, number>> = {
  DailyAsyncApexExecutions: 250_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyDeliveredPlatformEvents: 25_000,
  DailyStreamingApiEvents: 200_000,
  DataStorageMB: 10_240,
  FileStorageMB: 10_240,
  HourlyAsyncReportRuns: 1200,
  HourlySyncReportRuns: 500,
  MonthlyPlatformEvents: 750_000,
  SingleEmail: 5000,
  StreamingApiConcurrentClients: 1000
};

/** Versions, resources, list of objects and limits. */
export const resourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/services\/data\/?$/,
    auth: 'none',
    handle: () => ({
      status: 200,
      body: releases.map(([version, label]) => ({ label, url: `/services/data/v${version}`, version }))
    })
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/?$`),
    handle: ({ org, request, params, session }) => {
      const links = names.map((name) => [name, `/services/data/v${params[0] ?? ''}/${name}`]);
      // jsforce reads the identity link here and needs it absolute.
      const identity = `${baseUrl(request)}/id/${org.id}/${session.userId}`;
      return { status: 200, body: { ...Object.fromEntries(links), identity } };
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/?$`),
    handle: (context) => {
      const { org, session, params, request } = context;
      const state = { modified: describeChangedAt(handleOf(context).engine) };
      if (isNotModified(request, state)) return { status: 304, headers: stateHeaders(state) };
      const visible = org.schema.objects().filter((object) => org.access.object(session, object.name).read);
      const sobjects = visible.map((object) =>
        describeGlobalEntry(handleOf(context), session, object, params[0] ?? '')
      );
      return { status: 200, headers: stateHeaders(state), body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/limits/?$`),
    handle: (context) => {
      const { usage, allocations, faults } = handleOf(context);
      const left = ({ max, used }: ApiUsage) => ({ Max: max, Remaining: Math.max(0, max - used) });
      const requests = left(usage);
      const others = Object.entries(otherLimits).map(([name, max]) => [name, { Max: max, Remaining: max }]);
      return {
        status: 200,
        body: {
          DailyApiRequests: faults.limitExhausted ? { ...requests, Remaining: 0 } : requests,
          DailyBulkApiBatches: left(allocations.bulkBatches),
          DailyBulkV2QueryJobs: left(allocations.bulkQueryJobs),
          ...Object.fromEntries(others)
        }
      };
    }
  }
];
