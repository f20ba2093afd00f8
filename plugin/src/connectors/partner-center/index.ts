export { createPartnerCenterConnector, defaultCallerId, defaultInboxUrl } from './connector.js';
export type { PartnerCenterConnectorInput, PartnerCenterOptions } from './connector.js';
export { referralsAudience, staticTokens } from './tokens.js';
export type { TokenProvider } from './tokens.js';
export { msalTokens } from './msal-tokens.js';
export type { MsalTokensInput, RefreshTokenStore } from './msal-tokens.js';
