import { callReferrals } from '../../support/partner-calls.js';
import type { ServiceRig } from './service-rig.js';

interface Referral {
  type: string;
  status: string;
  substatus: string;
  statusReason: string | null;
  engagementId: string;
  externalReferenceId: string | null;
  consent: Record<string, unknown>;
  details: {
    dealValue: number;
    closingDateTime: string;
    notes: string | null;
    requirements: { solutions: { id: string }[] };
  };
  registrations: { contract: { value: number; term: string } }[];
  registrationStatus: string | null;
}

/** What a person looks at in Partner Center; nothing while there is no referral. */
export async function referralOf(rig: ServiceRig, id: string): Promise<Record<string, unknown>> {
  if (id === '') return {};
  const one = (await callReferrals(rig.center, 'GET', id)) as unknown as Referral;
  const others = rig.center.world.store.engagement(one.engagementId).filter((other) => other.id !== id);
  return {
    ...{ type: one.type, status: `${one.status}/${one.substatus}`, dealValue: one.details.dealValue },
    ...{ statusReason: one.statusReason, externalReferenceId: one.externalReferenceId },
    ...{ closingDate: one.details.closingDateTime.slice(0, 10), notes: one.details.notes },
    solutions: one.details.requirements.solutions.map((solution) => solution.id).join(', '),
    visible: one.consent['consentToShareReferralWithMicrosoftSellers'],
    microsoft: others.map(({ document }) => `${document.status}/${document.substatus}`).join(', '),
    registration: one.registrations.map(({ contract }) => `${contract.term} ${contract.value}`).join(', '),
    registrationStatus: one.registrationStatus
  };
}
