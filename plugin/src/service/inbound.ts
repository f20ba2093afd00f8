import type { InboundRules, SalesforceConnector } from '../connectors/salesforce/index.js';
import type { Mapping } from '../mapping/types.js';
import type { Inbound } from '../sync/index.js';
import type { CosellSettings } from './settings-cosell.js';

/** The reason that Partner Center is told when the rep named none; `statusReason` is free text. */
const DECLINE_REASON = 'Declined by the partner';

/** What the organization decided, in the words of the org's connector. */
export function inboundRules({ onHoldStage, activeStage, cosellOnly, inbound }: CosellSettings): InboundRules {
  const { accountMatch, createAccount, ownerFallback } = inbound;
  return {
    ...{ onHoldStage, activeStage, leads: !cosellOnly, accountMatch, createAccount },
    ...(ownerFallback === undefined ? {} : { ownerFallback })
  };
}

/** What the engine needs to take deals and leads in. */
export function inboundOf(settings: CosellSettings, left: SalesforceConnector): Inbound {
  const { onHoldStage, activeStage, inbound } = settings;
  return {
    port: left.inbound(inboundRules(settings)),
    unknownReference: inbound.unknownReference,
    onAccepted: { StageName: activeStage },
    acceptedAs: `stage ${activeStage}`,
    declineReason: DECLINE_REASON,
    howToAnswer: {
      deal: `Move the opportunity from the stage ${onHoldStage} to accept the deal, or close it as lost to decline it.`,
      lead: 'Convert the lead to accept it, or set it to a status of no interest, such as Unqualified, to decline it.'
    }
  };
}

/** Outcomes with which a request ends unanswered. */
const UNANSWERED: ReadonlySet<string> = new Set(['Closed/Declined', 'Closed/Expired']);

/** The mapping in which an unanswered request leaves the opportunity as it is. */
export function withoutClosing(mapping: Mapping): Mapping {
  const fields = mapping.fields.map((field) => {
    const { values } = field.right;
    if (field.right.path !== 'outcome' || values === undefined) return field;
    const kept = Object.fromEntries(Object.entries(values).filter(([value]) => !UNANSWERED.has(value)));
    return { ...field, right: { ...field.right, values: kept } };
  });
  return { ...mapping, fields };
}
