/** Objects whose pages have the ERP panel. */
export type ErpObject = 'Opportunity' | 'Account';

/** A record of Salesforce whose counterpart is looked for: an account, or a product. */
export interface OrgCandidate {
  id: string;
  /** Account number or product code. */
  number: string | undefined;
  /** Identifier of the coupled record in Business Central. */
  coupledId: string | undefined;
}

/** A page with the ERP panel, and whose figures it shows. */
export interface ErpPage {
  object: ErpObject;
  id: string;
  /** Somebody waits for an answer. */
  requested: boolean;
  account: OrgCandidate | undefined;
  products: readonly OrgCandidate[];
}

/** A row of figures: field values by name, with the key in `ERP_Key__c`. */
export type FigureRow = Readonly<Record<string, string | number | null>> & { ERP_Key__c: string };

/** What is written on the page's record once its figures are there, or could not be had. */
export interface ErpAnswer {
  object: ErpObject;
  id: string;
  /** ISO 8601 UTC. */
  at: string;
  fault?: { code: string; message: string };
}

/** The org as the ERP panel needs it. */
export interface ErpOrg {
  /** Pages that wait for an answer. @param since ISO 8601 UTC; only records saved at or after it */
  waiting(since: string): Promise<{ pages: ErpPage[]; serverTime: number }>;
  /** Pages by record id; ids that are gone are absent. */
  pages(ids: readonly string[]): Promise<ErpPage[]>;
  /** Every account with a number or a coupling, and every product of an open opportunity. */
  everything(): Promise<{ accounts: OrgCandidate[]; products: OrgCandidate[] }>;
  /** Creates or replaces rows by their key, and removes rows of these products that are not among them. */
  writeAvailability(rows: readonly FigureRow[], products: readonly string[]): Promise<void>;
  writeStatistics(rows: readonly FigureRow[]): Promise<void>;
  answer(answers: readonly ErpAnswer[]): Promise<void>;
  /** Rows as the page shows them. */
  figures(
    accountIds: readonly string[],
    productIds: readonly string[]
  ): Promise<{
    availability: Record<string, unknown>[];
    statistics: Record<string, unknown>[];
  }>;
  calls(): number;
}
