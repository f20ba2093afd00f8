import { describe, expect, it } from 'vitest';
import type { FieldSchema, SObjectFieldType } from '../../../sandbox/src/salesforce/core/schema.js';
import { fieldValue } from '../../../sandbox/src/salesforce/ui-api/display-value.js';

const field = (type: SObjectFieldType, more: Partial<FieldSchema> = {}): FieldSchema => ({
  name: 'F',
  label: 'F',
  type,
  custom: false,
  nillable: true,
  createable: true,
  updateable: true,
  permissionable: true,
  ...more
});

const stages = {
  restricted: true,
  values: [{ value: 'NotShared', label: 'Not shared', active: true, defaultValue: true }]
};

describe('a display value', () => {
  it.each([
    ['amount with its currency', field('currency'), 1234.5, 'en-US', 'EUR', 'EUR 1,234.50'],
    ['amount without decimals', field('currency'), 1234, 'en-GB', 'JPY', 'JPY 1,234'],
    ['amount in an org with one currency', field('currency'), 1234.5, 'en-US', undefined, '$1,234.50'],
    ['number with its decimals', field('double', { scale: 2 }), 1234.567, 'en-US', undefined, '1,234.57'],
    ['whole number', field('int'), 1234, 'en-US', undefined, '1,234'],
    [
      'instant in the time zone of the user',
      field('datetime'),
      '2027-01-05T23:30:00.000Z',
      'en-GB',
      undefined,
      '06/01/2027, 00:30'
    ],
    ['instant in twelve hours', field('datetime'), '2027-01-05T12:30:00.000Z', 'en-US', undefined, '1/5/27, 1:30 PM'],
    ['date, whatever the time zone', field('date'), '2027-01-05', 'en-US', undefined, '1/5/2027'],
    ['label of a picklist', field('picklist', { picklist: stages }), 'NotShared', 'en-US', undefined, 'Not shared'],
    ['value that is no longer in the list', field('picklist', { picklist: stages }), 'Old', 'en-US', undefined, 'Old'],
    [
      'labels of a multi-select picklist',
      field('multipicklist', { picklist: stages }),
      'NotShared;Old',
      'en-US',
      undefined,
      'Not shared;Old'
    ],
    ['text', field('string'), 'x', 'en-US', undefined, null],
    ['tick box', field('boolean'), false, 'en-US', undefined, null]
  ])('%s', (_case, schema, value, locale, currency, displayValue) => {
    const formats = { locale, timeZone: 'Europe/Amsterdam' };
    expect(fieldValue(schema, value, formats, currency)).toEqual({ value, displayValue });
  });

  it('is absent for an empty field', () => {
    const formats = { locale: 'en-US', timeZone: 'UTC' };
    expect(fieldValue(field('currency'), undefined, formats)).toEqual({ value: null, displayValue: null });
  });
});
