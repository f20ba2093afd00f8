/**
 * Switches of the stand-in. Where Microsoft publishes nothing, or the sources differ, the default is our choice and can be
 * turned, so that a wrong guess does not become a habit of the client.
 */
export interface BusinessCentralSettings {
  /** Seconds an access token lives; Entra ID gives about an hour. @default 3600 */
  accessTokenSeconds: number;
  /** Rows per page unless the client asks for fewer, and the most it may ask for. @default 20000 */
  pageSize: number;
  /** Operations in one `$batch`. @default 100 */
  batchOperations: number;
  /** Calls per application in a sliding window; beyond it 429. @default 6000 in 300 s */
  rate: { calls: number; windowSeconds: number };
  /** Calls of one application that are worked on at the same time; others wait. @default 5 */
  running: number;
  /** Calls of one application that may wait; beyond it 429. @default 95 */
  queued: number;
  /** Seconds a call waits in line before 503. @default 480 */
  queueSeconds: number;
  /** Milliseconds each API call takes, to make calls overlap. @default 0 */
  processingMilliseconds: number;
  /** Seconds in `Retry-After` of a 429; 0 leaves the header out, as nothing promises it. @default 0 */
  retryAfterSeconds: number;
  /** Status of a duplicate key; field reports say 400, one reading of the server 409. @default 400 */
  duplicateKeyStatus: 400 | 409;
  /** `number` may be given when a sales document is created; the page says not editable, samples show it. @default false */
  documentNumberOnCreate: boolean;
  /** Template selection rules give new customers, vendors and items their posting groups. @default true */
  templateRules: boolean;
  /** A shipment may not take more than the location holds. Off is the application's own default. @default false */
  preventNegativeInventory: boolean;
  /** Code of a 403 for a missing permission; only the family `Authorization_*` is documented. */
  permissionDeniedCode: string;
  /** The sets of a location answer "data upgrade needed" until this is taken back; names of entity sets. @default [] */
  dataUpgradeNeeded: readonly string[];
  /** Serves `/BC/…` with a web-service access key, as an on-premises server does. @default false */
  onPremises: boolean;
  /** Version segment of the analytics API. The documentation says v1.0, most objects declare none. @default v1.0 */
  analyticsVersion: string;
  /** Hours a webhook subscription lives. @default 72 */
  subscriptionHours: number;
  /** Seconds in which changes are gathered before they are sent. @default 30 */
  notificationDelaySeconds: number;
  /** More changes than this for one subscription become one `collection` notice. @default 1000 */
  collectionThreshold: number;
  /** Lines may be listed flat with a filter on their document; only the way through the parent is documented. @default false */
  linesByDocumentFilter: boolean;
  /** Webhook subscriptions per environment. @default 200 */
  subscriptionLimit: number;
  /** Sets that can be subscribed to beyond the documented ones. @default [] */
  moreSubscribable: readonly string[];
  /** Customers without documents in the period show in `customerSales` with 0 instead of being left out. @default false */
  customerSalesWithoutEntries: boolean;
}

export const defaultSettings: BusinessCentralSettings = {
  accessTokenSeconds: 3600,
  pageSize: 20_000,
  batchOperations: 100,
  rate: { calls: 6000, windowSeconds: 300 },
  running: 5,
  queued: 95,
  queueSeconds: 480,
  processingMilliseconds: 0,
  retryAfterSeconds: 0,
  duplicateKeyStatus: 400,
  documentNumberOnCreate: false,
  templateRules: true,
  preventNegativeInventory: false,
  permissionDeniedCode: 'Authorization_RequestDenied',
  dataUpgradeNeeded: [],
  onPremises: false,
  analyticsVersion: 'v1.0',
  subscriptionHours: 72,
  notificationDelaySeconds: 30,
  collectionThreshold: 1000,
  linesByDocumentFilter: false,
  subscriptionLimit: 200,
  moreSubscribable: [],
  customerSalesWithoutEntries: false
};

/** Takes over known switches of the right type. Throws a plain `Error` naming the first that is unknown or mistyped. */
export function mergeSettings(
  base: BusinessCentralSettings,
  change: Readonly<Record<string, unknown>>
): BusinessCentralSettings {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in defaultSettings)) throw new Error(`Unknown setting ${name}.`);
    const example = defaultSettings[name as keyof BusinessCentralSettings];
    if (typeof value !== typeof example || Array.isArray(value) !== Array.isArray(example)) {
      throw new Error(`Setting ${name} has the wrong type.`);
    }
  }
  return { ...base, ...change };
}
