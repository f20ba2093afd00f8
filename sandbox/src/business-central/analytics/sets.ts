import { number, text } from '../core/values.js';
import { itemLedgerEntries } from './item-ledger-entries.js';
import { orderLineSets } from './order-lines.js';
import type { AnalyticsSet } from './types.js';
import { all, CODE } from './types.js';

const plain = (
  fields: Readonly<Record<string, string>>,
  set: string,
  from: Readonly<Record<string, string>>
): AnalyticsSet => ({
  fields,
  rows: (scope) =>
    all(scope, set).map((row) => Object.fromEntries(Object.entries(from).map(([name, own]) => [name, row[own] ?? ''])))
});

/** The sets behind availability and order backlog (Power BI reports app: API queries). Names are those of the queries' columns. */
export const analyticsSets: Readonly<Record<string, AnalyticsSet>> = {
  itemLedgerEntries,
  ...orderLineSets,
  items: {
    fields: {
      itemNo: CODE,
      itemDescription: 'String?:100',
      baseUnitofMeasure: 'String?:10',
      unitCost: 'Decimal?',
      inventoryPostingGroup: CODE,
      itemCategoryCode: CODE,
      itemCategoryDescription: 'String?:100'
    },
    rows: (scope) =>
      all(scope, 'items').map((item) => ({
        itemNo: text(item, 'number'),
        itemDescription: text(item, 'displayName'),
        baseUnitofMeasure: text(item, 'baseUnitOfMeasureCode'),
        unitCost: number(item, 'unitCost'),
        inventoryPostingGroup: text(item, 'inventoryPostingGroupCode'),
        itemCategoryCode: text(item, 'itemCategoryCode'),
        itemCategoryDescription: text(
          scope.world.store.get(scope.company, 'itemCategories', text(item, 'itemCategoryId'))?.values ?? {},
          'displayName'
        )
      }))
  },
  locations: plain({ locationCode: 'String?:10', locationName: 'String?:100', adjustmentBinCode: CODE }, 'locations', {
    locationCode: 'code',
    locationName: 'displayName',
    adjustmentBinCode: '$adjustmentBinCode'
  }),
  resources: plain(
    {
      resourceNo: CODE,
      resourceName: 'String?:100',
      baseUnitofMeasure: 'String?:10',
      unitCost: 'Decimal?',
      unitPrice: 'Decimal?'
    },
    '$resources',
    {
      resourceNo: 'number',
      resourceName: 'displayName',
      baseUnitofMeasure: 'baseUnitOfMeasureCode',
      unitCost: 'unitCost',
      unitPrice: 'unitPrice'
    }
  ),
  customers: plain(
    {
      customerNo: CODE,
      customerName: 'String?:100',
      address: 'String?:100',
      address2: 'String?:50',
      city: 'String?:30',
      postCode: CODE,
      county: 'String?:30',
      countryRegionCode: 'String?:10',
      customerPostingGroup: CODE,
      customerPriceGroup: CODE,
      customerDiscGroup: CODE
    },
    'customers',
    {
      customerNo: 'number',
      customerName: 'displayName',
      address: 'addressLine1',
      address2: 'addressLine2',
      city: 'city',
      postCode: 'postalCode',
      county: 'state',
      countryRegionCode: 'country',
      customerPostingGroup: '$customerPostingGroup',
      customerPriceGroup: '$customerPriceGroup',
      customerDiscGroup: '$customerDiscGroup'
    }
  ),
  transferLines: plain(
    {
      documentNo: CODE,
      itemNo: CODE,
      inTransitLocationCode: 'String?:10',
      transferToLocationCode: 'String?:10',
      transferFromLocationCode: 'String?:10',
      qtyInTransitBase: 'Decimal?',
      outstandingQtyBase: 'Decimal?',
      receiptDate: 'Date?',
      shipmentDate: 'Date?',
      dimensionSetID: 'Int32?',
      qtyPerUnitOfMeasure: 'Decimal?',
      unitOfMeasureCode: 'String?:10'
    },
    '$transferLines',
    {
      documentNo: 'documentNumber',
      itemNo: 'itemNumber',
      inTransitLocationCode: 'inTransitCode',
      transferToLocationCode: 'toCode',
      transferFromLocationCode: 'fromCode',
      qtyInTransitBase: 'inTransit',
      outstandingQtyBase: 'outstanding',
      receiptDate: 'receiptDate',
      shipmentDate: 'shipmentDate',
      dimensionSetID: 'dimensionSetId',
      qtyPerUnitOfMeasure: 'perUnit',
      unitOfMeasureCode: 'unitCode'
    }
  )
};
