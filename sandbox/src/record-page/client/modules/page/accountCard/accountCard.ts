import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { pending } from '../../../data/adapter.js';
import type { WireResult } from '../../../data/adapter.js';
import { fieldText } from '../../../data/field-text.js';
import { recordUrl } from '../../../data/router.js';
import type { RecordRepresentation } from '../../../data/representations.js';

const names = ['Name', 'BillingStreet', 'BillingCity', 'BillingState', 'BillingPostalCode', 'BillingCountry'];

/** Billing address of the account: the record itself, or the opportunity's account. */
export default class AccountCard extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  @api objectApiName = '';

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  record: WireResult<RecordRepresentation> = pending;

  get fields(): string[] {
    const prefix = this.isAccount ? 'Account' : `${this.objectApiName}.Account`;
    return names.map((name) => `${prefix}.${name}`);
  }

  get isAccount(): boolean {
    return this.objectApiName === 'Account';
  }

  get source(): RecordRepresentation | undefined {
    const { data } = this.record;
    return this.isAccount
      ? data
      : ((data?.fields['Account']?.value as RecordRepresentation | null | undefined) ?? undefined);
  }

  get account(): Record<string, string> | undefined {
    const { source } = this;
    return source && Object.fromEntries(names.map((name) => [name, fieldText(source.fields[name])]));
  }

  get accountName(): string {
    return this.account?.['Name'] ?? '';
  }

  get heading(): string {
    return this.isAccount ? 'Billing Address' : 'Account';
  }

  get link(): string | undefined {
    return this.isAccount || !this.source ? undefined : recordUrl('Account', this.source.id);
  }

  get hasAddress(): boolean {
    return names.slice(1).some((name) => this.account?.[name] !== '');
  }
}
