import { LightningElement } from 'lwc';
import Toast from 'lightning/toast';
import { toastEventName } from 'lightning/platformShowToastEvent';
import type { ToastConfig } from 'lightning/platformShowToastEvent';
import { registerRefreshContainer, unregisterRefreshContainer } from 'lightning/refresh';
import { refreshAll } from '../../../data/adapter.js';
import { navigateTo, onRouteChange, parseRoute } from '../../../data/router.js';
import type { PageRoute } from '../../../data/router.js';

/** The frame of the page: header, the routed page below it, toasts and refresh requests of the components inside. */
export default class App extends LightningElement {
  static override renderMode = 'light' as const;

  route: PageRoute = parseRoute(location);
  private stop: (() => void)[] = [];

  override connectedCallback(): void {
    const container = registerRefreshContainer(document, () => void refreshAll());
    this.stop = [
      onRouteChange(() => {
        this.route = parseRoute(location);
        scrollTo(0, 0);
      }),
      () => unregisterRefreshContainer(container),
      listen(toastEventName, showToast),
      listen('click', followLink)
    ];
  }

  override disconnectedCallback(): void {
    this.stop.forEach((stop) => stop());
  }

  get activeObject(): string {
    return this.route.kind === 'unknown' ? '' : this.route.objectApiName;
  }

  get filterName(): string {
    return this.route.kind === 'list' ? this.route.filterName : '';
  }

  get isRecord(): boolean {
    return this.route.kind === 'record';
  }

  get isList(): boolean {
    return this.route.kind === 'list';
  }

  /** One record; a list so that another record gets new components instead of reused ones. */
  get records(): PageRoute[] {
    return [this.route];
  }
}

function listen(name: string, handler: (event: Event) => void): () => void {
  document.addEventListener(name, handler);
  return () => document.removeEventListener(name, handler);
}

function showToast(event: Event): void {
  const {
    title,
    message,
    variant = 'info',
    mode = 'dismissible',
    messageData
  } = (event as CustomEvent<ToastConfig>).detail;
  Toast.show({
    label: title ?? message ?? '',
    message: title ? message : undefined,
    messageLinks: messageData,
    mode,
    variant
  });
}

/**
 * Follows links of the page without loading the document again, and stops `javascript:void(0)`, which some base components use for buttons
 * and the content security policy refuses.
 */
function followLink(event: Event): void {
  const click = event as MouseEvent;
  const link = event
    .composedPath()
    .find((target) => target instanceof HTMLAnchorElement && target.hasAttribute('href'));
  if (!(link instanceof HTMLAnchorElement)) return;
  if (link.protocol === 'javascript:') event.preventDefault();
  const modified = click.button !== 0 || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey;
  if (event.defaultPrevented || modified || link.origin !== location.origin) return;
  if (link.target !== '' && link.target !== '_self') return;
  if (parseRoute(link).kind === 'unknown') return;
  event.preventDefault();
  navigateTo(link.pathname + link.search);
}
