/** Why an event is not believed. `status` is the answer that the documentation asks for (Partner Center: webhooks). */
export class WebhookRefusal extends Error {
  public override readonly name = 'WebhookRefusal';

  public constructor(
    public readonly status: 400 | 401 | 503,
    /** Stable, for example `SIGNATURE_WRONG`; holds nothing of the request. */
    public readonly code: string,
    options?: ErrorOptions
  ) {
    super(code, options);
  }
}
