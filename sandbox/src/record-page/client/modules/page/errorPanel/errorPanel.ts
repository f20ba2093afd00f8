import { LightningElement, api } from 'lwc';

/** Shown instead of a page that cannot be shown. */
export default class ErrorPanel extends LightningElement {
  static override renderMode = 'light' as const;

  @api heading = '';
  @api message = '';
}
