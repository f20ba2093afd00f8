type Handler = () => Promise<unknown> | unknown;

const eventName = 'lightning__refreshview';
const handlers = new Map<string, { element: unknown; handler: Handler }>();
const containers = new Map<string, { host: EventTarget; listener: (event: Event) => void }>();
let count = 0;

/** Asks the page to refresh its view (LWC guide, lightning/refresh). */
export class RefreshEvent extends CustomEvent<undefined> {
  public constructor() {
    super(eventName, { bubbles: true, composed: true, cancelable: true });
  }
}

/** `handler` runs whenever a refresh is asked for; returns the id that `unregisterRefreshHandler` takes. */
export function registerRefreshHandler(element: unknown, handler: Handler): string {
  const id = nextId();
  handlers.set(id, { element, handler: handler.bind(element) });
  return id;
}

export function unregisterRefreshHandler(id: string): void {
  handlers.delete(id);
}

/** `handler` receives the promise of the whole refresh. */
export function registerRefreshContainer(host: EventTarget, handler: (done: Promise<unknown>) => void): string {
  const listener = (event: Event): void => {
    event.stopPropagation();
    handler.call(host, Promise.allSettled([...handlers.values()].map((entry) => entry.handler())));
  };
  host.addEventListener(eventName, listener);
  const id = nextId();
  containers.set(id, { host, listener });
  return id;
}

export function unregisterRefreshContainer(id: string): void {
  const container = containers.get(id);
  container?.host.removeEventListener(eventName, container.listener);
  containers.delete(id);
}

function nextId(): string {
  count += 1;
  return `refresh-${count}`;
}
