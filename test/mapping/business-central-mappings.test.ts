import { describe, expect, it } from 'vitest';
import { entitySets } from '../../plugin/src/connectors/business-central/contract.generated.js';
import { factsOf } from '../../plugin/src/connectors/business-central/entities.js';
import type { SyncedSet } from '../../plugin/src/connectors/business-central/entities.js';
import { bodyOf } from '../../plugin/src/connectors/business-central/writing.js';
import { creationValues, toCanonical } from '../../plugin/src/mapping/convert.js';
import { loadMapping } from '../../plugin/src/mapping/load.js';
import { inScope, preflight } from '../../plugin/src/mapping/preflight.js';
import type { FieldRule } from '../../plugin/src/mapping/types.js';

const NAMES = [
  'account-customer',
  'contact-contact',
  'product-item',
  'user-salesperson',
  'currency',
  'order-salesorder'
];
const pathsOf = ({ right }: FieldRule): string[] => [right.path, ...(right.alternatives ?? [])];

describe('the mappings to Business Central', () => {
  it.each(NAMES)('%s names fields that $metadata has, and writes none that is read-only', async (name) => {
    const { right, fields } = await loadMapping(name);
    const set = right.entity as SyncedSet;
    const known = { ...entitySets[set].fields, ...('lines' in factsOf(set) ? { [factsOf(set).lines ?? '']: '' } : {}) };
    const watched = [...(right.watch ?? []), ...Object.keys(right.onCreate ?? {})];
    expect([...fields.flatMap(pathsOf), ...watched].filter((path) => !(path in known))).toEqual([]);
    const written = fields.filter(({ direction }) => direction !== 'toLeft').map((field) => field.right.path);
    expect(written.filter((path) => factsOf(set).readOnly.includes(path))).toEqual([]);
  });

  /** Pairs of Business Central's own integration that API v2.0 lacks. */
  it.each([
    ['account-customer', ['Contact', 'Fax', 'Shipping Agent', 'Primary Contact', 'Customer Price Group']],
    ['contact-contact', ['First Name', 'Middle Name', 'Last Name', 'Salesperson', 'Currency', 'Fax', 'Pager']],
    ['product-item', ['Unit Volume', 'Gross Weight', 'Vendor No.', 'Vendor Item No.']],
    [
      'order-salesorder',
      ['Shipping Agent', 'Your Reference', 'Work Description', 'Payment Discount %', 'Last Shipment Date']
    ]
  ])('%s lists what it cannot carry', async (name, missing) => {
    const { notCarried = [] } = await loadMapping(name);
    const listed = notCarried.map((entry) => entry.name);
    expect(missing.filter((entry) => !listed.includes(entry))).toEqual([]);
  });
});

/** The body that a record of Salesforce makes. */
async function bodyFor(name: string, document: object): Promise<object> {
  const mapping = await loadMapping(name);
  const set = mapping.right.entity as SyncedSet;
  const context = { set, facts: factsOf(set) } as Parameters<typeof bodyOf>[0];
  return bodyOf(context, creationValues(mapping, toCanonical(mapping, 'left', document as never)));
}

describe('a new record', () => {
  it('of an account is a customer with the street in one line', async () => {
    const account = {
      Name: 'Coho',
      Type: 'Customer - Direct',
      BillingStreet: 'Rue 1\nB\u00e2t. 2',
      BillingCountryCode: 'FR'
    };
    expect(await bodyFor('account-customer', account)).toEqual({
      type: 'Company',
      displayName: 'Coho',
      addressLine1: 'Rue 1, B\u00e2t. 2',
      country: 'FR'
    });
  });

  it('of a product that is not active is an item that is blocked', async () => {
    expect(await bodyFor('product-item', { Name: 'Desk', IsActive: false })).toMatchObject({ blocked: true });
    expect(await bodyFor('product-item', { Name: 'Desk', IsActive: true })).not.toMatchObject({ blocked: true });
  });

  it('of an order has all lines, two of one product included', async () => {
    const line = { Product2: { ProductCode: '1000' }, Quantity: 2, UnitPrice: 9.5 };
    const order = {
      Account: { AccountNumber: '10000' },
      EffectiveDate: '2026-01-05',
      OrderItems: {
        records: [
          { Id: '802A', ...line },
          { Id: '802B', ...line }
        ]
      }
    };
    const made = { lineType: 'Item', lineObjectNumber: '1000', quantity: 2, unitPrice: 9.5 };
    expect(await bodyFor('order-salesorder', order)).toEqual({
      customerNumber: '10000',
      orderDate: '2026-01-05',
      salesOrderLines: [made, made]
    });
    const mapping = await loadMapping('order-salesorder');
    expect(preflight(mapping, order)).toEqual([]);
    const bare = { Account: {}, OrderItems: { records: [{ Product2: { ProductCode: null } }] } };
    expect(preflight(mapping, bare as never).map(({ code }) => code)).toEqual([
      'CUSTOMER_NOT_COUPLED',
      'PRODUCT_NOT_COUPLED'
    ]);
  });

  it('is made of customers, of people with an account, and of activated orders only', async () => {
    const scopes: [string, object, boolean][] = [
      ['account-customer', { Type: 'Customer - Channel' }, true],
      ['account-customer', { Type: 'Prospect' }, false],
      ['contact-contact', { AccountId: null }, false],
      ['contact-contact', { AccountId: '001' }, true],
      ['order-salesorder', { StatusCode: 'Draft' }, false],
      ['order-salesorder', { StatusCode: 'Activated' }, true]
    ];
    for (const [name, document, expected] of scopes)
      expect(inScope(await loadMapping(name), document as never), name).toBe(expected);
  });
});
