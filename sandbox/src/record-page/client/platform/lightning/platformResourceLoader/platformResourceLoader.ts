/** Loads a script of a static resource once. The component is not needed: the page has one document. */
export function loadScript(_component: unknown, url: string): Promise<void> {
  return load('script', `script[src="${url}"]`, (element) => ((element as HTMLScriptElement).src = url));
}

/** Loads a style sheet of a static resource once. */
export function loadStyle(_component: unknown, url: string): Promise<void> {
  return load('link', `link[href="${url}"]`, (element) =>
    Object.assign(element as HTMLLinkElement, { rel: 'stylesheet', href: url })
  );
}

function load(tag: string, selector: string, point: (element: HTMLElement) => void): Promise<void> {
  if (document.head.querySelector(selector)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => reject(new Error(`The resource cannot be loaded: ${selector}`)));
    point(element);
    document.head.append(element);
  });
}
