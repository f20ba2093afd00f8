declare module 'virtual:opportunity-page' {
  import type { PageItem } from './data/page-item.js';
  export const regions: Readonly<Record<string, readonly PageItem[]>>;
}

declare module 'virtual:account-page' {
  import type { PageItem } from './data/page-item.js';
  export const regions: Readonly<Record<string, readonly PageItem[]>>;
}

declare module 'lightning/toast' {
  interface ToastOptions {
    label: string;
    message?: string | undefined;
    messageLinks?: unknown;
    mode?: string;
    variant?: string;
  }
  const Toast: { show(options: ToastOptions, source?: unknown): void };
  export default Toast;
}

declare module '@lwc/synthetic-shadow';

declare module '*.html' {
  const template: object;
  export default template;
}
