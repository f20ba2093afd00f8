/** One entry of the sandbox's solution catalogue. */
export interface CatalogueSolution {
  /** `SOL-nnnnn-XXX` or a GUID; both forms occur. */
  id: string;
  name: string;
  /** `3P`: the partner's or another publisher's; `1P`: Microsoft's own. */
  type: '1P' | '3P';
  publisherName: string;
  /** Only co-sell ready solutions may be registered. */
  coSellReady: boolean;
  /** Azure IP co-sell eligible: deals with it may be registered. */
  azureIpEligible: boolean;
}

const contoso = { type: '3P', publisherName: 'Contoso Partners', coSellReady: true } as const;
const fabrikam = { type: '3P', publisherName: 'Fabrikam', coSellReady: true, azureIpEligible: false } as const;
const microsoft = { type: '1P', publisherName: 'Microsoft', coSellReady: true, azureIpEligible: false } as const;

/**
 * Solutions that the sandbox knows on both sides: the Salesforce seed and the Partner Center stand-in use the same ids.
 * Partner Center has no documented call that lists them, so the stand-in offers none on the API either.
 */
export const solutionCatalogue: readonly CatalogueSolution[] = [
  { ...contoso, id: 'SOL-10482-KLM', name: 'Contoso Demand Forecasting', azureIpEligible: true },
  { ...contoso, id: 'SOL-11937-QRS', name: 'Contoso Field Service Planner', azureIpEligible: true },
  { ...contoso, id: 'SOL-12345-ABC', name: 'Contoso Data Estate Migration', azureIpEligible: false },
  { ...contoso, id: 'SOL-13870-TVX', name: 'Contoso Quality Control Vision', azureIpEligible: true },
  { ...contoso, id: 'SOL-15204-HJK', name: 'Contoso Secure Landing Zone', azureIpEligible: false },
  { ...contoso, id: 'SOL-17766-BDF', name: 'Contoso Retail Insights', azureIpEligible: true },
  { ...contoso, id: 'SOL-18093-NPW', name: 'Contoso Energy Management', azureIpEligible: true },
  {
    ...contoso,
    id: '3f6c1a52-8d0e-4b7a-9c41-5e2d7f90b6a3',
    name: 'Contoso Contact Centre Assist',
    azureIpEligible: false
  },
  { ...fabrikam, id: 'SOL-20418-GHT', name: 'Fabrikam Robot Telemetry' },
  { ...fabrikam, id: 'SOL-21675-CEL', name: 'Fabrikam Document Intake' },
  { ...fabrikam, id: 'SOL-23350-MZR', name: 'Fabrikam Cold Chain Monitor' },
  { ...microsoft, id: 'SOL-30011-AZR', name: 'Azure Migrate and Modernize' },
  { ...microsoft, id: 'SOL-30027-D36', name: 'Dynamics 365 Supply Chain' },
  { ...microsoft, id: 'SOL-30044-FAB', name: 'Analytics on Microsoft Fabric' }
];

const byId = new Map(solutionCatalogue.map((solution) => [solution.id.toLowerCase(), solution]));

/** Looks an id up without case. */
export function findSolution(id: string): CatalogueSolution | undefined {
  return byId.get(id.toLowerCase());
}
