export interface ToastConfig {
  title?: string;
  message?: string;
  variant?: 'info' | 'success' | 'warning' | 'error';
  mode?: 'dismissible' | 'pester' | 'sticky';
  messageData?: unknown;
}

export const toastEventName = 'platform__showtoast';

/** Dispatched by a component; the page shows the toast. */
export class ShowToastEvent extends CustomEvent<ToastConfig> {
  public constructor(toast: ToastConfig) {
    super(toastEventName, { composed: true, cancelable: true, bubbles: true, detail: toast });
  }
}
