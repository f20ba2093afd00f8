/**
 * Fields that the API pages mark as not editable, per entity set (application source of the API v2.0 pages, version 29).
 * Shipped and invoiced quantities are not editable in their table. The service's `$metadata` does not tell them; writing one answers 400 `BadRequest_InvalidOperation`.
 */
export const readOnlyFields: Readonly<Record<string, string>> = {
  customers: 'id balanceDue taxAreaDisplayName',
  contacts: 'id lastInteractionDate',
  contactsInformation: 'relatedType',
  customerContacts: 'id customerName',
  items: 'id lastModifiedDateTime',
  itemVariants: 'id lastModifiedDateTime',
  unitsOfMeasure: 'id',
  currencies: 'id',
  salespeoplePurchasers: 'id lastModifiedDateTime',
  salesOrders:
    'id number customerName billToName billToAddressLine1 billToAddressLine2 billToCity billToCountry billToState billToPostCode discountAppliedBeforeTax totalAmountExcludingTax totalTaxAmount totalAmountIncludingTax status lastModifiedDateTime',
  salesOrderLines:
    'id shippedQuantity invoicedQuantity discountAppliedBeforeTax amountExcludingTax taxPercent totalTaxAmount amountIncludingTax invoiceDiscountAllocation netAmount netTaxAmount netAmountIncludingTax',
  salesQuotes:
    'id number customerName billToName totalAmountExcludingTax totalTaxAmount totalAmountIncludingTax status lastModifiedDateTime',
  salesQuoteLines:
    'id discountAppliedBeforeTax amountExcludingTax taxPercent totalTaxAmount amountIncludingTax netTaxAmount netAmountIncludingTax',
  salesInvoices:
    'id number customerName billToName billToAddressLine1 billToAddressLine2 billToCity billToCountry billToState billToPostCode orderId orderNumber pricesIncludeTax remainingAmount discountAppliedBeforeTax totalAmountExcludingTax totalTaxAmount totalAmountIncludingTax status lastModifiedDateTime',
  salesInvoiceLines:
    'id discountAppliedBeforeTax amountExcludingTax taxPercent totalTaxAmount amountIncludingTax invoiceDiscountAllocation netAmount netTaxAmount netAmountIncludingTax',
  salesShipments:
    'id number customerName billToName billToAddressLine1 billToAddressLine2 billToCity billToCountry billToState billToPostCode orderNumber pricesIncludeTax lastModifiedDateTime',
  salesShipmentLines: 'id documentId taxPercent',
  customerFinancialDetails: 'id number balance totalSalesExcludingTax overdueAmount',
  itemLedgerEntries: 'id entryNumber',
  customerPaymentJournals: 'id balancingAccountNumber',
  customerPayments: 'id lastModifiedDateTime',
  opportunities:
    'id contactName contactCompanyName status closed creationDate dateClosed calculatedCurrentValue chancesOfSuccessPrc completedPrc estimatedClosingDate estimatedValue systemCreatedAt lastModifiedDateTime',
  locations: 'id lastModifiedDateTime',
  paymentTerms: 'id',
  shipmentMethods: 'id',
  paymentMethods: 'id',
  itemCategories: 'id',
  companyInformation: 'id currencyCode currentFiscalYearStartDate picture'
};
