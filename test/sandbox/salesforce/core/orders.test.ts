import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../sandbox/src/salesforce/core/contract.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { addUser, call, codeOf, deploy, errorOf, newOrg, SELLER, START } from './org-fixture.js';

interface Shop {
  org: OrgHandle;
  admin: Session;
  account: string;
  book: string;
  /** Price book entries: of the order's book, of another book, in another currency. */
  entry: string;
  otherEntry: string;
  euroEntry: string;
  order: string;
}

function shop(): Shop {
  const { org, admin } = newOrg();
  const account = org.data.create(admin, 'Account', { Name: 'Acme' });
  const product = org.data.create(admin, 'Product2', { Name: 'Bike', IsActive: true });
  const [standard] = org.data.query(admin, 'SELECT Id FROM Pricebook2 WHERE IsStandard = true').records;
  const price = (Pricebook2Id: unknown, CurrencyIsoCode = 'USD') =>
    org.data.create(admin, 'PricebookEntry', {
      Pricebook2Id,
      Product2Id: product,
      UnitPrice: 100,
      IsActive: true,
      CurrencyIsoCode
    });
  const otherEntry = price(standard?.['Id']);
  price(standard?.['Id'], 'EUR');
  const book = org.data.create(admin, 'Pricebook2', { Name: 'Shop', IsActive: true });
  const [entry, euroEntry] = [price(book), price(book, 'EUR')];
  const order = org.data.create(admin, 'Order', {
    AccountId: account,
    Pricebook2Id: book,
    EffectiveDate: '2026-03-02',
    Status: 'Draft'
  });
  return { org, admin, account, book, entry, otherEntry, euroEntry, order };
}

const addItem = ({ org, admin, order, entry }: Shop, values: object = {}): string =>
  org.data.create(admin, 'OrderItem', {
    OrderId: order,
    PricebookEntryId: entry,
    Quantity: 2,
    UnitPrice: 90.5,
    ...values
  });

const change = ({ org, admin, order }: Shop, values: Record<string, unknown>, session = admin): void => {
  org.data.update(session, 'Order', order, values);
};

const stored = ({ org, admin, order }: Shop, fields: string): Record<string, unknown> =>
  org.data.query(admin, `SELECT ${fields} FROM Order WHERE Id = '${order}'`).records[0] ?? {};

function activated(): Shop & { item: string } {
  const made = shop();
  const item = addItem(made);
  change(made, { Status: 'Activated' });
  return { ...made, item };
}

describe('a new order', () => {
  it('is a draft with a number and no amount', () => {
    const made = shop();
    expect(stored(made, 'OrderNumber, Status, StatusCode, TotalAmount, ActivatedDate')).toMatchObject({
      OrderNumber: '00000001',
      Status: 'Draft',
      StatusCode: 'Draft',
      TotalAmount: 0,
      ActivatedDate: null
    });
  });

  const base = { EffectiveDate: '2026-03-02', Status: 'Draft' };
  const refusals: readonly [string, (made: Shop) => Record<string, unknown>, string][] = [
    ['without account', () => base, 'REQUIRED_FIELD_MISSING'],
    ['without start date', ({ account }) => ({ AccountId: account, Status: 'Draft' }), 'REQUIRED_FIELD_MISSING'],
    [
      'without status',
      ({ account }) => ({ AccountId: account, EffectiveDate: '2026-03-02' }),
      'REQUIRED_FIELD_MISSING'
    ],
    ['activated', ({ account }) => ({ ...base, AccountId: account, Status: 'Activated' }), 'FAILED_ACTIVATION'],
    [
      'with a status of its own',
      ({ account }) => ({ ...base, AccountId: account, Status: 'Sent' }),
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'
    ],
    [
      'with an amount',
      ({ account }) => ({ ...base, AccountId: account, TotalAmount: 5 }),
      'INVALID_FIELD_FOR_INSERT_UPDATE'
    ],
    ['with a contract', ({ account }) => ({ ...base, AccountId: account, ContractId: null }), 'INVALID_FIELD']
  ];
  it.each(refusals)('%s is refused', (_what, values, code) => {
    const made = shop();
    expect(codeOf(() => made.org.data.create(made.admin, 'Order', values(made)))).toBe(code);
  });
});

describe('order products', () => {
  it('take product, list price and currency from their entry and add up to the order', () => {
    const made = shop();
    addItem(made);
    addItem(made, { Quantity: 1, UnitPrice: 0.01 });
    const [item] = made.org.data.query(
      made.admin,
      'SELECT ListPrice, TotalPrice, AvailableQuantity, Product2.Name, CurrencyIsoCode, OrderItemNumber FROM OrderItem'
    ).records;
    expect(item).toMatchObject({
      ListPrice: 100,
      TotalPrice: 181,
      AvailableQuantity: 2,
      Product2: { Name: 'Bike' },
      CurrencyIsoCode: 'USD',
      OrderItemNumber: '0000000001'
    });
    expect(stored(made, 'TotalAmount')).toMatchObject({ TotalAmount: 181.01 });
  });

  it('leave the amount when they go', () => {
    const made = shop();
    const item = addItem(made);
    made.org.data.delete(made.admin, 'OrderItem', item);
    expect(stored(made, 'TotalAmount')).toMatchObject({ TotalAmount: 0 });
  });

  const refusals: readonly [string, (made: Shop) => object, string][] = [
    ['of another price book', ({ otherEntry }) => ({ PricebookEntryId: otherEntry }), 'FIELD_INTEGRITY_EXCEPTION'],
    ['in another currency', ({ euroEntry }) => ({ PricebookEntryId: euroEntry }), 'FIELD_INTEGRITY_EXCEPTION'],
    ['without quantity', () => ({ Quantity: null }), 'REQUIRED_FIELD_MISSING'],
    ['without price', () => ({ UnitPrice: null }), 'REQUIRED_FIELD_MISSING'],
    ['with quantity zero', () => ({ Quantity: 0 }), 'FIELD_INTEGRITY_EXCEPTION'],
    ['with a total', () => ({ TotalPrice: 1 }), 'INVALID_FIELD_FOR_INSERT_UPDATE']
  ];
  it.each(refusals)('%s are refused', (_what, values, code) => {
    const made = shop();
    expect(codeOf(() => addItem(made, values(made)))).toBe(code);
  });

  it('hold the price book of their order', () => {
    const made = shop();
    addItem(made);
    expect(codeOf(() => change(made, { Pricebook2Id: null }))).toBe('FIELD_INTEGRITY_EXCEPTION');
  });
});

describe('activation', () => {
  it('needs a product', () => {
    expect(codeOf(() => change(shop(), { Status: 'Activated' }))).toBe('FAILED_ACTIVATION');
  });

  it('says when and by whom, and can be taken back', () => {
    const made = activated();
    expect(stored(made, 'StatusCode, ActivatedDate, ActivatedById')).toMatchObject({
      StatusCode: 'Activated',
      ActivatedDate: START.toISOString().replace('Z', '+0000'),
      ActivatedById: made.admin.userId
    });
    change(made, { Status: 'Draft' });
    expect(stored(made, 'StatusCode, ActivatedDate')).toMatchObject({ StatusCode: 'Draft', ActivatedDate: null });
  });

  it('needs the permission Activate Orders', () => {
    const made = shop();
    addItem(made);
    const seller = addUser(made.org, SELLER);
    expect(codeOf(() => change(made, { Status: 'Activated' }, seller))).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
    allow(made, seller, 'ActivateOrder');
    change(made, { Status: 'Activated' }, seller);
    expect(codeOf(() => change(made, { PoNumber: '1' }, seller))).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
    allow(made, seller, 'EditActivatedOrders');
    change(made, { PoNumber: '1' }, seller);
    expect(stored(made, 'PoNumber')).toMatchObject({ PoNumber: '1' });
  });
});

/** Deploys a permission set with one user permission and assigns it. */
function allow({ org, admin }: Shop, user: Session, permission: string): void {
  const grant = { objects: {}, fields: {}, userPermissions: [permission], tabs: {} };
  deploy(org, { upsertPermissionSets: [{ name: permission, label: permission, description: '', grant }] });
  const [set] = org.data.query(admin, `SELECT Id FROM PermissionSet WHERE Name = '${permission}'`).records;
  org.data.create(admin, 'PermissionSetAssignment', { AssigneeId: user.userId, PermissionSetId: set?.['Id'] });
}

describe('an activated order', () => {
  const cases: readonly [string, (made: ReturnType<typeof activated>) => void, string][] = [
    ['takes a new PO number', (made) => change(made, { PoNumber: '7' }), 'none'],
    ['keeps its start date', (made) => change(made, { EffectiveDate: '2026-04-01' }), 'FIELD_INTEGRITY_EXCEPTION'],
    ['keeps its price book', (made) => change(made, { Pricebook2Id: null }), 'FIELD_INTEGRITY_EXCEPTION'],
    ['takes no products', (made) => addItem(made), 'ENTITY_IS_LOCKED'],
    ['loses no products', ({ org, admin, item }) => org.data.delete(admin, 'OrderItem', item), 'ENTITY_IS_LOCKED'],
    [
      'keeps the quantities of its products',
      ({ org, admin, item }) => org.data.update(admin, 'OrderItem', item, { Quantity: 3 }),
      'ENTITY_IS_LOCKED'
    ],
    [
      'lets its products be described',
      ({ org, admin, item }) => org.data.update(admin, 'OrderItem', item, { Description: 'x' }),
      'none'
    ],
    ['stays', ({ org, admin, order }) => org.data.delete(admin, 'Order', order), 'ENTITY_IS_LOCKED'],
    ['keeps its account', ({ org, admin, account }) => org.data.delete(admin, 'Account', account), 'ENTITY_IS_LOCKED']
  ];
  it.each(cases)('%s', (_what, work, code) => {
    const made = activated();
    expect(codeOf(() => work(made))).toBe(code);
    expect(stored(made, 'TotalAmount, StatusCode')).toMatchObject({ TotalAmount: 181, StatusCode: 'Activated' });
  });

  it('says why it is locked', () => {
    const made = activated();
    const { message } = errorOf(() => made.org.data.delete(made.admin, 'Order', made.order));
    expect(message).toContain('cannot delete Order, or add or remove Order Products');
  });
});

it('a draft goes with its products, and its account takes it along', async () => {
  const made = shop();
  addItem(made);
  expect((await call(made.org, 'DELETE', `/sobjects/Account/${made.account}`)).status).toBe(204);
  expect(made.org.data.query(made.admin, 'SELECT COUNT() FROM Order').totalSize).toBe(0);
  expect(made.org.data.query(made.admin, 'SELECT COUNT() FROM OrderItem').totalSize).toBe(0);
});
