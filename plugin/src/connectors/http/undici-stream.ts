import { DecoratorHandler, request as send } from 'undici';
import type { Dispatcher } from 'undici';

/** Its published type leaves out what it has. */
const Decorator = DecoratorHandler as unknown as new (handler: Dispatcher.DispatchHandler) => {
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void;
};

/** As `WholeAnswer` does: nothing is sent when its time is over. */
class PunctualHandler extends Decorator {
  public constructor(
    handler: Dispatcher.DispatchHandler,
    private readonly isLate: () => boolean
  ) {
    super(handler);
  }

  public override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    if (this.isLate()) controller.abort(new Error('The time for this request was over before it was sent.'));
    else super.onRequestStart?.(controller, context);
  }
}

export interface StreamedRequest {
  url: string;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: string | null;
  signal: AbortSignal;
}

/** An answer whose body is still to be read. A module of its own, because all of undici is loaded for it. */
export function openBody(
  dispatcher: Dispatcher,
  { url, ...request }: StreamedRequest,
  isLate: () => boolean
): Promise<Dispatcher.ResponseData> {
  const punctual = dispatcher.compose(
    (dispatch) => (options, handler) => dispatch(options, new PunctualHandler(handler, isLate))
  );
  return send(url, { dispatcher: punctual, ...request });
}
