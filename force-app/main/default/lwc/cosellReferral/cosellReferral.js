import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { dealKind } from 'c/cosellRecord';
import HEADING from '@salesforce/label/c.Cosell_Referral_Heading';
import REFERRAL_ID from '@salesforce/label/c.Cosell_Referral_Id';
import REFERRAL_LINK from '@salesforce/label/c.Cosell_Referral_Link';
import REFERRAL_LINK_TEXT from '@salesforce/label/c.Cosell_Referral_Link_Text';
import OPENS_NEW_TAB from '@salesforce/label/c.Cosell_Opens_New_Tab';
import REFERRAL_STATUS from '@salesforce/label/c.Cosell_Referral_Status';
import MICROSOFT_STATUS from '@salesforce/label/c.Cosell_Microsoft_Status';
import MICROSOFT_CRM_ID from '@salesforce/label/c.Cosell_Microsoft_CRM_Id';
import MICROSOFT_SELLER from '@salesforce/label/c.Cosell_Microsoft_Seller';
import LAST_SYNC from '@salesforce/label/c.Cosell_Last_Sync';
import NOT_YET from '@salesforce/label/c.Cosell_Not_Yet';
import NONE from '@salesforce/label/c.Cosell_Referral_None';
import NOT_INVITED from '@salesforce/label/c.Cosell_Not_Invited';
import COPY from '@salesforce/label/c.Cosell_Copy_Referral_Id';
import COPIED from '@salesforce/label/c.Cosell_Copied';
import COPY_FAILED from '@salesforce/label/c.Cosell_Copy_Failed';
const withSubstatus = (status = '', substatus = '') =>
  status !== '' && substatus !== '' ? `${status} / ${substatus}` : status || NOT_YET;
/** Facts about the referral, all of them written by the sync service. */
export default class CosellReferral extends LightningElement {
  @api
  record;
  label = {
    HEADING,
    REFERRAL_ID,
    REFERRAL_LINK,
    REFERRAL_LINK_TEXT,
    OPENS_NEW_TAB,
    REFERRAL_STATUS,
    MICROSOFT_STATUS,
    MICROSOFT_SELLER,
    MICROSOFT_CRM_ID,
    LAST_SYNC,
    NONE,
    NOT_YET,
    COPY
  };
  get isMissing() {
    return !this.record?.referralId;
  }
  get isInvited() {
    return !!this.record && dealKind(this.record) === 'Cosell';
  }
  get linkTooltip() {
    return `${REFERRAL_LINK_TEXT} (${OPENS_NEW_TAB})`;
  }
  get referralStatus() {
    return withSubstatus(this.record?.referralStatus, this.record?.referralSubstatus);
  }
  get microsoftStatus() {
    if (!this.isInvited) return NOT_INVITED;
    return withSubstatus(this.record?.microsoftStatus, this.record?.microsoftSubstatus);
  }
  get microsoftCrmId() {
    return this.record?.microsoftCrmId || NOT_YET;
  }
  /** lightning-relative-date-time takes milliseconds, not text. */
  get lastSync() {
    return Date.parse(this.record?.lastSync ?? '');
  }
  async handleCopy() {
    try {
      await navigator.clipboard.writeText(this.record?.referralId ?? '');
      this.dispatchEvent(new ShowToastEvent({ title: COPIED, variant: 'success' }));
    } catch {
      this.dispatchEvent(new ShowToastEvent({ title: COPY_FAILED, variant: 'warning' }));
    }
  }
}
