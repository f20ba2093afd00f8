import { LightningElement, api, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getRecord, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';
import { pending } from '../../../data/adapter.js';
import type { WireResult } from '../../../data/adapter.js';
import { messageOf } from '../../../data/messages.js';
import type { ObjectInfo, PicklistValues, RecordRepresentation } from '../../../data/representations.js';

/** Sales path: the stages in their order; choosing one makes it the record's stage. */
export default class StagePath extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  status = '';
  saving = false;
  private shownStage: string | undefined;

  @wire(getObjectInfo, { objectApiName: 'Opportunity' })
  info: WireResult<ObjectInfo> = pending;

  @wire(getPicklistValues, { recordTypeId: '$info.data.defaultRecordTypeId', fieldApiName: 'Opportunity.StageName' })
  stages: WireResult<PicklistValues> = pending;

  @wire(getRecord, { recordId: '$recordId', optionalFields: ['Opportunity.StageName'] })
  record: WireResult<RecordRepresentation> = pending;

  get isReady(): boolean {
    return this.stages.data !== undefined && this.current !== undefined;
  }

  get current(): string | undefined {
    return this.record.data?.fields['StageName']?.value as string | undefined;
  }

  get pathClass(): string {
    return this.current === 'Closed Lost' ? 'slds-card page-path page-path_lost' : 'slds-card page-path';
  }

  /** Closed Lost is not a step on the way; it shows only when the opportunity is there, as in Lightning Experience's last step. */
  get steps(): PicklistValues['values'] {
    const values = this.stages.data?.values ?? [];
    return values.filter(({ value }) => value !== 'Closed Lost' || this.current === value);
  }

  /** Brings the current stage into sight where the path is wider than the screen. */
  override renderedCallback(): void {
    if (!this.isReady || this.current === this.shownStage) return;
    this.shownStage = this.current;
    const steps = [...this.querySelectorAll<HTMLElement & { value?: string }>('lightning-progress-step')];
    steps.find((step) => step.value === this.current)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }

  async handleClick(event: Event): Promise<void> {
    const value = (event.target as { value?: string }).value;
    const editable = this.info.data?.fields['StageName']?.updateable ?? false;
    if (!value || value === this.current || this.saving || !editable) return;
    this.saving = true;
    try {
      await updateRecord({ fields: { Id: this.recordId, StageName: value } });
      this.status = `Stage changed to ${value}.`;
      this.toast({ title: 'Stage changed successfully.', variant: 'success' });
    } catch (error) {
      this.toast({ title: 'The stage was not changed.', message: messageOf(error), variant: 'error' });
    } finally {
      this.saving = false;
    }
  }

  private toast(options: ConstructorParameters<typeof ShowToastEvent>[0]): void {
    this.dispatchEvent(new ShowToastEvent(options));
  }
}
