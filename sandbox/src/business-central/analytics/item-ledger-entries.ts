import { number, text } from '../core/values.js';
import type { AnalyticsSet } from './types.js';
import { all, CODE } from './types.js';

/** The item ledger with what API v2.0 leaves out: location and remaining quantity. */
export const itemLedgerEntries: AnalyticsSet = {
  fields: {
    entryNo: 'Int32?',
    entryType: 'itemLedgerEntryType?',
    sourceType: 'analysisSourceType?',
    sourceNo: CODE,
    documentNo: CODE,
    documentType: 'itemLedgerDocumentType?',
    postingDate: 'Date?',
    itemNo: CODE,
    locationCode: 'String?:10',
    serialNo: 'String?:50',
    expirationDate: 'Date?',
    lotNo: 'String?:50',
    quantity: 'Decimal?',
    unitOfMeasureCode: 'String?:10',
    remainingQuantity: 'Decimal?',
    costAmountActual: 'Decimal?',
    salesAmountActual: 'Decimal?',
    dimensionSetID: 'Int32?',
    open: 'Boolean?',
    positive: 'Boolean?',
    invoicedQuantity: 'Decimal?',
    qtyPerUnitOfMeasure: 'Decimal?'
  },
  rows: (scope) => {
    const units = new Map(
      all(scope, 'items').map((item) => [text(item, 'number'), text(item, 'baseUnitOfMeasureCode')])
    );
    return all(scope, 'itemLedgerEntries').map((entry) => ({
      entryNo: number(entry, 'entryNumber'),
      entryType: text(entry, 'entryType'),
      sourceType: text(entry, 'sourceType'),
      sourceNo: text(entry, 'sourceNumber'),
      documentNo: text(entry, 'documentNumber'),
      documentType: text(entry, 'documentType'),
      postingDate: text(entry, 'postingDate'),
      itemNo: text(entry, 'itemNumber'),
      locationCode: text(entry, '$locationCode'),
      serialNo: '',
      expirationDate: '0001-01-01',
      lotNo: '',
      quantity: number(entry, 'quantity'),
      unitOfMeasureCode: units.get(text(entry, 'itemNumber')) ?? '',
      remainingQuantity: number(entry, '$remaining'),
      costAmountActual: number(entry, 'costAmountActual'),
      salesAmountActual: number(entry, 'salesAmountActual'),
      dimensionSetID: 0,
      open: entry['$open'] === true,
      positive: number(entry, 'quantity') > 0,
      invoicedQuantity: number(entry, '$invoiced'),
      qtyPerUnitOfMeasure: 1
    }));
  }
};
