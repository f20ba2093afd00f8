import { LightningElement, api, wire } from 'lwc';
import { getRelatedListRecords } from 'lightning/uiRelatedListApi';
import type { RelatedListRecords } from 'lightning/uiRelatedListApi';
import type { WireResult } from '../../../data/adapter.js';
import { fieldText } from '../../../data/field-text.js';
import { messageOf } from '../../../data/messages.js';
import type { RecordRepresentation } from '../../../data/representations.js';

const fields = ['IsPrimary', 'Role', 'Contact.Name', 'Contact.Title', 'Contact.Email'].map(
  (name) => `OpportunityContactRole.${name}`
);

interface Row {
  id: string;
  name: string;
  details: string;
  email: string;
}

/** Related list of the opportunity's contact roles, primary contact first. */
export default class ContactRoles extends LightningElement {
  static override renderMode = 'light' as const;

  @api recordId = '';
  rows: Row[] | undefined;
  problem: string | undefined;

  @wire(getRelatedListRecords, {
    parentRecordId: '$recordId',
    relatedListId: 'OpportunityContactRoles',
    optionalFields: fields,
    sortBy: ['-OpportunityContactRole.IsPrimary'],
    pageSize: 10
  })
  wiredRows({ data, error }: WireResult<RelatedListRecords>): void {
    this.rows = data?.records.map(toRow);
    this.problem = error === undefined ? undefined : messageOf(error);
  }

  get heading(): string {
    return `Contact Roles (${this.rows?.length ?? 0})`;
  }

  get hasRows(): boolean {
    return this.rows !== undefined && this.rows.length > 0;
  }

  get isEmpty(): boolean {
    return this.rows?.length === 0;
  }
}

function toRow(record: RecordRepresentation): Row {
  const contact = (record.fields['Contact']?.value as RecordRepresentation | null | undefined)?.fields ?? {};
  const primary = record.fields['IsPrimary']?.value === true ? 'Primary' : '';
  const details = [fieldText(record.fields['Role']), fieldText(contact['Title']), primary].filter(
    (text) => text !== ''
  );
  return {
    id: record.id,
    name: fieldText(contact['Name']),
    details: details.join(' · '),
    email: fieldText(contact['Email'])
  };
}
