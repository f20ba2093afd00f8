// @ts-check
/** The Partner Center stand-in in a process of its own. The parent edits as a person in the portal and looks without going through the API and its faults. */
import { startPartnerCenter } from '../../../sandbox/lib/partner-center/server.js';
import { editAsMicrosoft } from '../../../sandbox/lib/partner-center/microsoft/answer.js';
import { serveParent } from './child.mjs';

/** @type {{ file: string, port?: number, latencyMs?: number }} */
const { file, port = 0, latencyMs = 0 } = JSON.parse(process.argv[2] ?? '{}');
// The rate limit of the stand-in is a guess of its own and has its own tests; here it would only stretch the time.
const settings = { rateLimit: { calls: 1_000_000, windowSeconds: 60 } };
const center = await startPartnerCenter({ file, port, controlPort: 0, settings });
if (latencyMs > 0) center.faults.add({ kind: 'latency', milliseconds: latencyMs, count: Infinity });

serveParent(
  { url: center.url, controlUrl: center.controlUrl, refreshToken: center.issueRefreshToken() },
  {
    count: () => center.world.store.all().length,
    /** @param {{ id: string, values: Record<string, unknown> }} body */
    edit: ({ id, values }) => {
      editAsMicrosoft(center.world, id, values);
    },
    versions: () => center.world.store.all().map(({ id, document }) => [id, document.eTag]),
    referrals: () =>
      center.world.store.all().map(({ id, document }) => ({
        id,
        marker: document.externalReferenceId,
        dealValue: document.details?.dealValue,
        notes: document.details?.notes
      }))
  },
  () => center.close()
);
