export type PageRoute =
  | { kind: 'record'; objectApiName: string; recordId: string }
  | { kind: 'list'; objectApiName: string; filterName: string }
  | { kind: 'unknown' };

const listeners = new Set<() => void>();

/** Lightning Experience's addresses: `/lightning/r/Object/id/view` and `/lightning/o/Object/list?filterName=View`. */
export function parseRoute({ pathname: path, search }: { pathname: string; search: string }): PageRoute {
  const record = /^\/lightning\/r\/(\w+)\/(\w{15,18})\/view$/.exec(path);
  if (record?.[1] && record[2]) return { kind: 'record', objectApiName: record[1], recordId: record[2] };
  const list = /^\/lightning\/o\/(\w+)\/list$/.exec(path);
  const filterName = new URLSearchParams(search).get('filterName') ?? '';
  return list?.[1] ? { kind: 'list', objectApiName: list[1], filterName } : { kind: 'unknown' };
}

export function recordUrl(objectApiName: string, recordId: string): string {
  return `/lightning/r/${objectApiName}/${recordId}/view`;
}

export function listUrl(objectApiName: string): string {
  return `/lightning/o/${objectApiName}/list`;
}

/** Goes to an address of the page without loading the document again. */
export function navigateTo(url: string, replace = false): void {
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  listeners.forEach((listener) => listener());
}

export function onRouteChange(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', notify);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', notify);
  };
}

function notify(): void {
  listeners.forEach((listener) => listener());
}
