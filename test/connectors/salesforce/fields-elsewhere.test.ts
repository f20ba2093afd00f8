import { describe, expect, it } from 'vitest';
import { fieldsElsewhere } from '../../../plugin/src/connectors/salesforce/fields-elsewhere.js';

describe("fields of Microsoft's package under other names", () => {
  it('are found behind a namespace, whatever its capitals', () => {
    const names = ['msft_cosell__Referral_identifier__c', 'MSPC__Sync_with_Partner_Center__c', 'mspc__Audit__c'];
    const types = Object.fromEntries(names.map((name) => [name, 'string']));
    expect(fieldsElsewhere({ types })).toEqual([
      { from: 'msft_cosell__Referral_identifier__c', to: 'Referral_Identifier__c' },
      { from: 'MSPC__Sync_with_Partner_Center__c', to: 'Sync_with_Partner_Center__c' },
      { from: 'mspc__Audit__c', to: 'Audit__c' }
    ]);
  });

  it('are neither our own nor anybody else’s', () => {
    const names = ['Referral_Identifier__c', 'Audit__c', 'Other_Audit__c', 'ns__Other__c', 'Name', 'Audit__History'];
    expect(fieldsElsewhere({ types: Object.fromEntries(names.map((name) => [name, 'string'])) })).toEqual([]);
  });
});
