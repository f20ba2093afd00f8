/** Bulk API 2.0 guide, "Limits". */
export const bulkLimits = {
  /** 150 MB after base64 encoding, so keep the raw text at 100 MB. */
  uploadBytes: 100_000_000,
  /**
   * Salesforce works an upload off in internal batches of 10,000 records, so larger uploads save no batch of the daily
   * 15,000; smaller ones keep what has to be matched with results small.
   */
  uploadRecords: 10_000,
  fieldCharacters: 32_000,
  recordCharacters: 400_000,
  fields: 5_000,
  /** Up to here the synchronous resources are the better choice (Bulk API 2.0 guide, "When to use Bulk API 2.0"). */
  worthwhileAbove: 2_000
} as const;

/** Rows of one page of results: a page is held in memory, and a long text field has up to 100,000 characters. */
export const rowsPerPage = 2_000;
