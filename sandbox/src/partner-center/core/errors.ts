/** Codes of the referrals API (Partner Center: REST error codes). */
export type ReferralErrorCode =
  | 'accessDenied'
  | 'generalException'
  | 'invalidRequest'
  | 'itemNotFound'
  | 'preconditionFailed'
  | 'resourceModified'
  | 'serviceNotAvailable'
  | 'unauthenticated';

/** A refusal of the referrals host; becomes `{ error: { code, message, target, innerError } }`. */
export class ReferralApiError extends Error {
  public override readonly name = 'ReferralApiError';

  public constructor(
    public readonly status: number,
    public readonly code: ReferralErrorCode,
    message: string,
    /** Path of the property the refusal is about, members separated by dots. */
    public readonly target: string | null = null,
    public readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(message);
  }
}

/** 400 `invalidRequest` about one property. */
export function invalid(target: string | null, message: string): ReferralApiError {
  return new ReferralApiError(400, 'invalidRequest', message, target);
}

/**
 * The sign-in lacks a second factor: empty body, its own reason phrase (Partner Center: mandating multi-factor
 * authentication).
 */
export class MfaRequired extends Error {
  public override readonly name = 'MfaRequired';
}

/** A refusal of the webhooks host: `{ code, description, data, source }`. */
export class PartnerApiError extends Error {
  public override readonly name = 'PartnerApiError';

  public constructor(
    public readonly status: number,
    public readonly code: number,
    message: string,
    public readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(message);
  }
}

/** A refusal of the token service, in Entra ID's shape. */
export class TokenError extends Error {
  public override readonly name = 'TokenError';

  public constructor(
    public readonly status: number,
    public readonly error: string,
    /** The number behind `AADSTS`. */
    public readonly number: number,
    message: string
  ) {
    super(message);
  }
}
