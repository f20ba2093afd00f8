import type {
  SigningCertificates,
  WebhookHeaders,
  WebhookNotice
} from '../../connectors/partner-center/webhooks/index.js';
import { checkSignature, noticeOf, signedBy, WebhookRefusal } from '../../connectors/partner-center/webhooks/index.js';

/** Where notices are kept until a look that began after them is stored. */
export interface NoticeStore {
  /** Stored when it resolves; `false` when this very notice was there already. */
  add(notice: WebhookNotice): Promise<boolean>;
}

/** What became of one request. */
export interface Reception {
  status: number;
  code: 'ACCEPTED' | 'REPEATED' | 'TEST' | (string & {});
}

export interface ReceiveParts {
  certificates: SigningCertificates;
  notices: NoticeStore;
}

/**
 * One event: signature over the raw bytes, then the content, then the store; only then it is acknowledged. Repeatable: the
 * same event again is acknowledged and changes nothing.
 */
export async function receive(parts: ReceiveParts, headers: WebhookHeaders, bytes: Buffer): Promise<Reception> {
  try {
    const signed = signedBy(headers);
    checkSignature(bytes, signed, await parts.certificates.keyAt(signed.certificateUrl));
    const notice = noticeOf(bytes);
    if (notice === undefined) return { status: 200, code: 'TEST' };
    return { status: 200, code: (await parts.notices.add(notice)) ? 'ACCEPTED' : 'REPEATED' };
  } catch (error) {
    // Anything unexpected is a 503, so that Partner Center delivers the event again.
    if (!(error instanceof WebhookRefusal)) return { status: 503, code: 'NOT_STORED' };
    return { status: error.status, code: error.code };
  }
}
