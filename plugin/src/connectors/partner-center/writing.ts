import type { PathValues } from '../../mapping/types.js';
import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord, RightAnswer, WriteOptions, WriteResult } from '../../sync/ports.js';
import { createBody, helpAsked } from './create-body.js';
import { inviteMicrosoft, lacksMicrosoft } from './inviting.js';
import { patchOf } from './patch.js';
import { readRefs } from './reading.js';
import type { ReadingContext } from './reading.js';
import { toRecord } from './referral.js';
import { registrationPatch } from './registration.js';
import type { RegistrationFacts } from './registration.js';
import { system } from './tokens.js';
import { helpPath } from './wire-values.js';

/**
 * `CreatingConnector.create`: the partner's referral and, where help is asked, Microsoft's. When only the second one
 * is refused, the first is returned with `microsoft: null`: it exists and must be coupled. The next round finds the help
 * code missing on the right and invites again, or reports why that is refused. Where the answer to the second one is lost, so
 * is that of the whole: both are found again by the marker, once a late arrival would be seen.
 */
export async function createReferral(
  { api }: ReadingContext,
  marker: string,
  values: PathValues,
  options?: WriteOptions
): Promise<RemoteRecord> {
  const { json } = await api.call({
    method: 'POST',
    body: createBody(marker, values) as JsonObject,
    repeatable: false
  });
  const own = json as JsonObject;
  const code = helpAsked(values);
  if (code === undefined) return toRecord(own, null);
  try {
    return toRecord(own, await inviteMicrosoft(api, own, code, options));
  } catch (error) {
    if (error instanceof ConnectorError && error.kind !== 'unknownOutcome') return toRecord(own, null);
    throw error;
  }
}

/** `CreatingConnector.once`: an invitation is a creation (Partner Center: create a referral), and those take no condition. */
export const invites = (values: PathValues): boolean => helpAsked(values) !== undefined;

function helpIsFixed(): ConnectorError {
  return new ConnectorError(
    system,
    'rejected',
    'HELP_READ_ONLY',
    'The kind of help cannot change after Microsoft was invited.',
    {
      target: helpPath,
      nextSteps: ['Set "How can Microsoft help?" back to the value that was sent, or write to the Microsoft seller.']
    }
  );
}

async function reread(context: ReadingContext, current: RemoteRecord): Promise<RemoteRecord | undefined> {
  const { key } = current;
  const records = await readRefs(context, [{ key, ...(current.context ? { context: current.context } : {}) }]);
  return records.get(key);
}

/** One PATCH under the version that was read; a stale version answers 412 (Partner Center: update a referral). */
async function patch(context: ReadingContext, current: RemoteRecord, operations: JsonObject[]): Promise<WriteResult> {
  const { status, json } = await context.api.call({
    method: 'PATCH',
    id: current.key,
    body: operations,
    headers: { 'if-match': current.version, prefer: 'return=representation' },
    // Had a cut PATCH been carried out, its repetition would meet a newer version and answer 412.
    repeatable: true,
    accept: [404, 409, 412]
  });
  if (status >= 400) return { outcome: 'stale' };
  const microsoft = (current.document['microsoft'] ?? null) as JsonObject | null;
  const record = json === null ? await reread(context, current) : toRecord(json as JsonObject, microsoft);
  return { outcome: 'written', ...(record ? { record } : {}) };
}

/**
 * `CreatingConnector.answer`: one PATCH. An acceptance names the opportunity, as the partner's own deals do from the start; a
 * refusal carries its reason.
 */
export function answerReferral(
  context: ReadingContext,
  current: RemoteRecord,
  answer: RightAnswer
): Promise<WriteResult> {
  const values: PathValues = answer.accept
    ? { outcome: 'Active/Accepted', externalReferenceId: answer.marker }
    : { outcome: 'Closed/Declined', statusReason: answer.reason };
  return patch(context, current, patchOf(values));
}

/**
 * Invites Microsoft into the engagement of an existing referral. A create has no condition to send along, so the
 * engagement is read again right before it: an earlier invitation whose answer was lost must not be repeated.
 */
async function invite(
  context: ReadingContext,
  current: RemoteRecord,
  code: string,
  options?: WriteOptions
): Promise<WriteResult> {
  const fresh = await reread(context, current);
  if (!fresh || !lacksMicrosoft(fresh)) return { outcome: 'stale' };
  await inviteMicrosoft(context.api, fresh.document, code, options);
  const record = await reread(context, current);
  return { outcome: 'written', ...(record ? { record } : {}) };
}

/**
 * `Connector.update`: a conditional PATCH, an invitation of Microsoft, or both in that order. A deal registration is a PATCH of
 * its own kind, and the only one that a closed referral takes.
 */
export async function updateReferral(
  context: ReadingContext,
  current: RemoteRecord,
  values: PathValues,
  options?: WriteOptions,
  facts?: RegistrationFacts
): Promise<WriteResult> {
  const code = helpAsked(values);
  if (helpPath in values && !lacksMicrosoft(current)) throw helpIsFixed();
  const operations = [...patchOf(values), ...registrationPatch(current, values, facts)];
  const patched: WriteResult =
    operations.length === 0 ? { outcome: 'written', record: current } : await patch(context, current, operations);
  if (patched.outcome === 'stale' || code === undefined) return patched;
  return invite(context, patched.record ?? current, code, options);
}
