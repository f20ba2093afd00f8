import * as f from './fields.js';

const system = { permissionable: false, ...f.readOnlyTraits };

/** Order (Object Reference), in an org with orders but without contracts and reduction orders. */
export const order = f.standardObject(
  'Order',
  '801',
  'Order',
  [
    f.owner(),
    f.lookup('AccountId', 'Account ID', 'Account', 'Orders', { onDelete: 'Cascade', permissionable: false }),
    f.lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'Orders'),
    f.lookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Orders'),
    f.date('EffectiveDate', 'Order Start Date', { required: true }),
    f.date('EndDate', 'Order End Date'),
    f.checkbox('IsReductionOrder', 'Reduction Order', system),
    f.picklist('Status', 'Status', ['Draft', 'Activated'], { required: true, restricted: true }),
    f.picklist('StatusCode', 'Status Category', ['Draft', 'Activated'], { nillable: false, ...system }),
    f.text('Name', 'Order Name', 80),
    f.longText('Description', 'Description', 32000),
    f.picklist('Type', 'Order Type', []),
    f.text('PoNumber', 'PO Number', 80),
    f.date('PoDate', 'PO Date'),
    f.text('OrderReferenceNumber', 'Order Reference Number', 80),
    f.lookup('BillToContactId', 'Bill To Contact ID', 'Contact'),
    f.lookup('ShipToContactId', 'Ship To Contact ID', 'Contact'),
    f.lookup('CustomerAuthorizedById', 'Customer Authorized By ID', 'Contact'),
    f.date('CustomerAuthorizedDate', 'Customer Authorized Date'),
    f.lookup('CompanyAuthorizedById', 'Company Authorized By ID', 'User'),
    f.date('CompanyAuthorizedDate', 'Company Authorized Date'),
    ...f.address('Billing'),
    ...f.address('Shipping'),
    f.datetime('ActivatedDate', 'Activated Date', { createable: false, updateable: false }),
    f.lookup('ActivatedById', 'Activated By ID', 'User', undefined, { createable: false, updateable: false }),
    f.text('OrderNumber', 'Order Number', 30, {
      nillable: false,
      autoNumber: true,
      displayFormat: '{00000000}',
      ...system
    }),
    f.currency('TotalAmount', 'Order Amount', { nillable: false, defaultValue: 0, ...system })
  ],
  { nameField: 'OrderNumber' }
);

/** OrderItem (Object Reference). */
export const orderItem = f.standardObject(
  'OrderItem',
  '802',
  'Order Product',
  [
    f.lookup('OrderId', 'Order ID', 'Order', 'OrderItems', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.lookup('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'OrderItems', {
      required: true,
      updateable: false,
      onDelete: 'Restrict'
    }),
    f.lookup('Product2Id', 'Product ID', 'Product2', 'OrderItems', system),
    f.double('Quantity', 'Quantity', 18, 2, { required: true }),
    f.double('AvailableQuantity', 'Available Quantity', 18, 2, f.readOnlyTraits),
    f.currency('UnitPrice', 'Unit Price', { required: true }),
    f.currency('ListPrice', 'List Price', f.readOnlyTraits),
    f.currency('TotalPrice', 'Total Price', f.readOnlyTraits),
    f.date('ServiceDate', 'Start Date'),
    f.date('EndDate', 'End Date'),
    f.longText('Description', 'Line Description', 255),
    f.text('OrderItemNumber', 'Order Product Number', 30, {
      nillable: false,
      autoNumber: true,
      displayFormat: '{0000000000}',
      ...system
    })
  ],
  { nameField: 'OrderItemNumber' }
);
