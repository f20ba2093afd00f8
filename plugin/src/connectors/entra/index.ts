export { loginHost, MsalApp } from './msal-app.js';
export type { ClientCertificate, ExplainSignIn, FailedSignIn, MsalInput } from './msal-app.js';
export type { SignInFault } from './msal-network.js';
