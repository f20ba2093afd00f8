import type { PathValues } from '../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Referral } from './contract.generated.js';
import { microsoft } from './organizations.js';
import { helpPath, noHelp, outcomePath, wireValue } from './wire-values.js';

function setAt(target: JsonObject, path: string, value: JsonValue): void {
  const steps = path.split('.');
  const last = steps.pop() as string;
  let holder = target;
  for (const step of steps) {
    const next = holder[step];
    const child: JsonObject = typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {};
    holder[step] = child;
    holder = child;
  }
  holder[last] = value;
}

/** The kind of help that is asked for; undefined for none. */
export function helpAsked(values: PathValues): string | undefined {
  const code = values[helpPath];
  return typeof code === 'string' && code !== '' && code !== noHelp ? code : undefined;
}

function nested(values: PathValues): JsonObject {
  const body: JsonObject = {};
  for (const [path, value] of Object.entries(values)) {
    if (path !== helpPath && path !== outcomePath) setAt(body, path, wireValue(path, value));
  }
  return body;
}

function firstSolution(referral: Referral): string | undefined {
  for (const solution of referral.details?.requirements?.solutions ?? []) {
    const id = (solution as JsonObject | null)?.['id'];
    if (typeof id === 'string') return id;
  }
  return undefined;
}

/**
 * The body of a create (Partner Center: create a referral). A deal that Microsoft's sellers may see, or whose help is
 * asked, is `Shared`, all others `Independent`. Consent to share contact details is given for every deal, because
 * Partner Center takes none without it; visibility to Microsoft's sellers only where the values say so.
 */
export function createBody(marker: string, values: PathValues): Referral {
  const body = nested(values) as Referral;
  const visible = body.consent?.consentToShareReferralWithMicrosoftSellers === true;
  const solution = firstSolution(body);
  return {
    qualification: 'SalesQualified',
    status: 'New',
    substatus: 'Pending',
    type: visible || helpAsked(values) !== undefined ? 'Shared' : 'Independent',
    target: solution === undefined ? [] : [{ type: 'SolutionProfile', id: solution }],
    ...body,
    consent: {
      consentToContact: true,
      consentToToShareInfoWithOthers: true,
      consentToShareReferralWithMicrosoftSellers: visible,
      ...body.consent
    },
    externalReferenceId: marker
  };
}

/** Members of the partner's referral that Microsoft's one repeats. */
const repeated = [
  'name',
  'externalReferenceId',
  'qualification',
  'customerProfile',
  'consent',
  'details',
  'team',
  'campaignId',
  'referralProgram'
] as const;

/** The second referral of the engagement, aimed at Microsoft; it carries the kind of help. */
export function inviteBody(own: Referral, code: string): Referral {
  const copy: Referral = Object.fromEntries(
    repeated.filter((name) => own[name] !== undefined && own[name] !== null).map((name) => [name, own[name]])
  );
  return {
    ...copy,
    engagementId: own.engagementId ?? null,
    type: 'Shared',
    status: 'New',
    substatus: 'Pending',
    target: [{ type: 'BusinessProfileLocation', id: microsoft }],
    inviteContext: { assistanceRequestCode: code }
  };
}
