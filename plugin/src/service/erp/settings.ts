/** How the figures of Business Central are read and kept fresh. */
export interface ErpSettings {
  /** Off keeps the figures that are there and answers no refresh. */
  enabled: boolean;
  /** Milliseconds between two refreshes of everything; 0 refreshes only what somebody asks for. */
  refreshEveryMs: number;
  /** Goods whose receipt date is over: promise nothing on them, or count them as coming today as Business Central does. */
  lateReceipts: 'leaveOut' | 'count';
  /** `legacy` asks the service ProductItemAvailability of older on-premises servers, which knows no locations and days. */
  availability: 'analytics' | 'legacy';
  /** Version segment of the Analytics API. */
  analyticsVersion: string;
}

export type RawErpSettings = Omit<ErpSettings, 'refreshEveryMs'> & { refreshEvery: string };
