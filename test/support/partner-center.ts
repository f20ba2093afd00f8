import { createPartnerCenterConnector } from '../../plugin/src/connectors/partner-center/connector.js';
import type { PartnerCenterOptions } from '../../plugin/src/connectors/partner-center/connector.js';
import { staticTokens, referralsAudience } from '../../plugin/src/connectors/partner-center/tokens.js';
import { undiciHttp } from '../../plugin/src/connectors/http/undici-http.js';
import type { PathValues } from '../../plugin/src/mapping/types.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import type { HttpRequest } from '../../plugin/src/ports/http.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import type { CreatingConnector } from '../../plugin/src/sync/ports.js';
import { startPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import type { PartnerCenterSettings } from '../../sandbox/src/partner-center/core/settings.js';

const retry = {
  attempts: 3,
  baseMs: 1,
  factor: 1,
  capMs: 1,
  maxRetryAfterMs: 50,
  statuses: [429, 500, 503, 504],
  transport: ['cut', 'timeout']
} as const;

export interface PartnerCenterRig {
  center: RunningPartnerCenter;
  connector: CreatingConnector;
  /** What the connector sent. */
  sent: HttpRequest[];
  close(): Promise<void>;
}

/** The Partner Center stand-in on a free port and our connector signed in as the Referrals admin. */
export async function partnerCenterRig(
  options: PartnerCenterOptions & {
    user?: string;
    mfa?: boolean;
    settings?: Partial<PartnerCenterSettings>;
    /** What a service that knows less would see of a request. */
    seenAs?: (request: HttpRequest) => HttpRequest;
  } = {}
): Promise<PartnerCenterRig> {
  const { user, mfa, settings, seenAs = (request) => request, ...connectorOptions } = options;
  const center = await startPartnerCenter({
    file: ':memory:',
    port: 0,
    settings: { accessTokenSeconds: 864_000, ...settings }
  });
  const http = undiciHttp();
  const sent: HttpRequest[] = [];
  const token = await center.issueAccessToken({
    ...(user === undefined ? {} : { user }),
    ...(mfa === undefined ? {} : { mfa })
  });
  const connector = createPartnerCenterConnector({
    baseUrl: center.url,
    tokens: staticTokens({ [referralsAudience]: token }),
    http: {
      request: (request) => {
        sent.push(request);
        return http.request(seenAs(request));
      }
    },
    clock: systemClock,
    random: new SeededRandom(5),
    options: { retry, ...connectorOptions }
  });
  return {
    center,
    connector,
    sent,
    close: async () => {
      await http.close();
      await center.close();
    }
  };
}

const member = (firstName: string, email: string) => ({
  firstName,
  lastName: 'X',
  phoneNumber: '+31 20 555 0100',
  email
});

/** Values that make a complete referral, by right path. */
export function dealValues(changes: PathValues = {}): PathValues {
  return {
    name: 'Big deal',
    'details.dealValue': 50000,
    'details.currency': 'EUR',
    'details.closingDateTime': '2026-12-31',
    'details.notes': 'Notes',
    'customerProfile.name': 'Acme',
    'customerProfile.address.addressLine1': 'Street 1',
    'customerProfile.address.city': 'Utrecht',
    'customerProfile.address.country': 'NL',
    'customerProfile.team': [member('Cy', 'cy@acme.example')],
    team: [member('Sam', 'sam.seller@cosell.example')],
    'details.requirements.solutions': [{ id: 'SOL-12345-ABC', name: 'One', type: 'Name' }],
    ...changes
  };
}

/** The values that ask Microsoft for help. */
export const helpAsked: PathValues = {
  'consent.consentToShareReferralWithMicrosoftSellers': true,
  'microsoft.inviteContext.assistanceRequestCode': 'ProofOfConceptOrDemo'
};
