import * as f from './fields.js';

/** Product2 (Object Reference). */
export const product2 = f.standardObject('Product2', '01t', 'Product', [
  f.text('Name', 'Product Name', 255, { required: true }),
  f.text('ProductCode', 'Product Code', 255),
  f.longText('Description', 'Product Description', 4000),
  f.checkbox('IsActive', 'Active'),
  f.picklist('Family', 'Product Family', ['None']),
  f.text('StockKeepingUnit', 'Product SKU', 180),
  f.url('DisplayUrl', 'Display URL'),
  f.picklist('QuantityUnitOfMeasure', 'Quantity Unit Of Measure', ['Each']),
  f.text('ExternalId', 'External ID', 255),
  f.checkbox('IsArchived', 'Archived', f.readOnlyTraits)
]);

/** Pricebook2 (Object Reference). */
export const pricebook2 = f.standardObject('Pricebook2', '01s', 'Price Book', [
  f.text('Name', 'Price Book Name', 255, { required: true }),
  f.longText('Description', 'Description', 255),
  f.checkbox('IsActive', 'Active'),
  f.checkbox('IsStandard', 'Is Standard Price Book', { permissionable: false, ...f.readOnlyTraits }),
  f.checkbox('IsArchived', 'Archived', f.readOnlyTraits)
]);

/** PricebookEntry (Object Reference). */
export const pricebookEntry = f.standardObject(
  'PricebookEntry',
  '01u',
  'Price Book Entry',
  [
    f.text('Name', 'Product Name', 255, { permissionable: false, ...f.readOnlyTraits }),
    f.lookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'PricebookEntries', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.lookup('Product2Id', 'Product ID', 'Product2', 'PricebookEntries', {
      required: true,
      updateable: false,
      onDelete: 'Cascade'
    }),
    f.currency('UnitPrice', 'List Price', { required: true }),
    f.checkbox('IsActive', 'Active'),
    f.checkbox('UseStandardPrice', 'Use Standard Price'),
    f.text('ProductCode', 'Product Code', 255, f.readOnlyTraits),
    f.checkbox('IsArchived', 'Archived', f.readOnlyTraits)
  ],
  { labelPlural: 'Price Book Entries' }
);

/** OpportunityLineItem (Object Reference). */
export const opportunityLineItem = f.standardObject('OpportunityLineItem', '00k', 'Opportunity Product', [
  f.lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'OpportunityLineItems', {
    required: true,
    updateable: false,
    onDelete: 'Cascade'
  }),
  f.integer('SortOrder', 'Sort Order'),
  f.lookup('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'OpportunityLineItems', {
    required: true,
    updateable: false,
    onDelete: 'Restrict'
  }),
  f.lookup('Product2Id', 'Product ID', 'Product2', 'OpportunityLineItems', {
    permissionable: false,
    ...f.readOnlyTraits
  }),
  f.text('ProductCode', 'Product Code', 255, f.readOnlyTraits),
  f.text('Name', 'Opportunity Product Name', 376, { permissionable: false, ...f.readOnlyTraits }),
  f.double('Quantity', 'Quantity', 12, 2, { required: true }),
  f.currency('TotalPrice', 'Total Price'),
  f.currency('UnitPrice', 'Sales Price'),
  f.currency('ListPrice', 'List Price', f.readOnlyTraits),
  f.currency('Subtotal', 'Subtotal', f.readOnlyTraits),
  f.percent('Discount', 'Discount', 5, 2),
  f.date('ServiceDate', 'Date'),
  f.longText('Description', 'Line Description', 255)
]);
