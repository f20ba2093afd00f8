import { LightningElement, api } from 'lwc';
import { reduceErrors } from 'c/ldsUtils';
import LOAD_FAILED from '@salesforce/label/c.Cosell_Load_Failed';
import SHOW_DETAILS from '@salesforce/label/c.Cosell_Show_Details';
import HIDE_DETAILS from '@salesforce/label/c.Cosell_Hide_Details';
import TRY_AGAIN from '@salesforce/label/c.Cosell_Try_Again';
import UNKNOWN_ERROR from '@salesforce/label/c.Cosell_Unknown_Error';
/** Tells in one sentence what failed, the reasons on request, and offers another try (event `retry`). */
export default class ErrorPanel extends LightningElement {
  @api
  friendlyMessage = LOAD_FAILED;
  /** Whatever a wire adapter or a call gave as its error. */
  @api
  errors;
  label = { retry: TRY_AGAIN };
  showsDetails = false;
  get messages() {
    const messages = reduceErrors(this.errors);
    return messages.length > 0 ? messages : [UNKNOWN_ERROR];
  }
  get detailsLabel() {
    return this.showsDetails ? HIDE_DETAILS : SHOW_DETAILS;
  }
  get detailsExpanded() {
    return String(this.showsDetails);
  }
  handleDetails() {
    this.showsDetails = !this.showsDetails;
  }
  handleRetry() {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
