export type { CertificateOptions } from './certificates.js';
export { SigningCertificates } from './certificates.js';
export { certificatesOf } from './chain.js';
export type { WebhookNotice } from './event.js';
export { noticeOf } from './event.js';
export { WebhookRefusal } from './refusal.js';
export type { WebhookHeaders } from './signature.js';
export { checkSignature, signedBy } from './signature.js';
