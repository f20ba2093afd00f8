import { listUrl, navigateTo, onRouteChange, parseRoute, recordUrl } from '../../../data/router.js';

interface PageReference {
  type: string;
  attributes: Record<string, string | undefined>;
  state?: Record<string, string>;
}

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

type Constructor = new (...parameters: never[]) => object;

/** Adds `this[NavigationMixin.Navigate](pageReference)` and `GenerateUrl` (LWC guide, lightning/navigation). */
export function NavigationMixin<Base extends Constructor>(base: Base): Base {
  return class extends (base as unknown as new (...parameters: unknown[]) => object) {
    public [Navigate](reference: PageReference, replace = false): void {
      goTo(urlOf(reference), replace);
    }

    public [GenerateUrl](reference: PageReference): Promise<string> {
      return Promise.resolve(urlOf(reference));
    }
  } as unknown as Base;
}

NavigationMixin.Navigate = Navigate as typeof Navigate;
NavigationMixin.GenerateUrl = GenerateUrl as typeof GenerateUrl;

/** Wire adapter for the page the user is on. */
export class CurrentPageReference {
  private stop: (() => void) | undefined;

  public constructor(private readonly emit: (reference: PageReference | undefined) => void) {
    emit(undefined);
  }

  public update(): void {
    this.emit(currentReference());
  }

  public connect(): void {
    this.stop = onRouteChange(() => this.emit(currentReference()));
  }

  public disconnect(): void {
    this.stop?.();
  }
}

/** Throws on a reference the page cannot show, rather than going nowhere. */
function urlOf({ type, attributes }: PageReference): string {
  const { objectApiName = '', recordId = '', url = '' } = attributes;
  if (type === 'standard__recordPage') return recordUrl(objectApiName || 'Opportunity', recordId);
  if (type === 'standard__objectPage') return listUrl(objectApiName);
  if (type === 'standard__webPage') return url;
  throw new Error(`The record page cannot navigate to ${type}.`);
}

/** Other sites open beside the page, as Lightning Experience does. */
function goTo(url: string, replace: boolean): void {
  const target = new URL(url, location.href);
  if (target.origin === location.origin) navigateTo(target.pathname + target.search, replace);
  else window.open(target, '_blank', 'noopener');
}

function currentReference(): PageReference {
  const route = parseRoute(location);
  if (route.kind === 'record') {
    const { objectApiName, recordId } = route;
    return { type: 'standard__recordPage', attributes: { objectApiName, recordId, actionName: 'view' }, state: {} };
  }
  const { objectApiName, filterName } = route.kind === 'list' ? route : { objectApiName: '', filterName: '' };
  const state: Record<string, string> = filterName === '' ? {} : { filterName };
  return { type: 'standard__objectPage', attributes: { objectApiName, actionName: 'list' }, state };
}
