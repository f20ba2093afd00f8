import CUSTOMER from '@salesforce/label/c.Erp_Stat_Customer';
import CUSTOMER_TEXT from '@salesforce/label/c.Erp_Def_Customer';
import BALANCE from '@salesforce/label/c.Erp_Stat_Balance';
import BALANCE_TEXT from '@salesforce/label/c.Erp_Def_Balance';
import OUTSTANDINGORDERS from '@salesforce/label/c.Erp_Stat_OutstandingOrders';
import OUTSTANDINGORDERS_TEXT from '@salesforce/label/c.Erp_Def_OutstandingOrders';
import SHIPPEDNOTINVOICED from '@salesforce/label/c.Erp_Stat_ShippedNotInvoiced';
import SHIPPEDNOTINVOICED_TEXT from '@salesforce/label/c.Erp_Def_ShippedNotInvoiced';
import OUTSTANDINGINVOICES from '@salesforce/label/c.Erp_Stat_OutstandingInvoices';
import OUTSTANDINGINVOICES_TEXT from '@salesforce/label/c.Erp_Def_OutstandingInvoices';
import OUTSTANDINGSERVICEORDERS from '@salesforce/label/c.Erp_Stat_OutstandingServiceOrders';
import OUTSTANDINGSERVICEORDERS_TEXT from '@salesforce/label/c.Erp_Def_OutstandingServiceOrders';
import SERVICESHIPPEDNOTINVOICED from '@salesforce/label/c.Erp_Stat_ServiceShippedNotInvoiced';
import SERVICESHIPPEDNOTINVOICED_TEXT from '@salesforce/label/c.Erp_Def_ServiceShippedNotInvoiced';
import OUTSTANDINGSERVICEINVOICES from '@salesforce/label/c.Erp_Stat_OutstandingServiceInvoices';
import OUTSTANDINGSERVICEINVOICES_TEXT from '@salesforce/label/c.Erp_Def_OutstandingServiceInvoices';
import TOTAL from '@salesforce/label/c.Erp_Stat_Total';
import TOTAL_TEXT from '@salesforce/label/c.Erp_Def_Total';
import CREDITLIMIT from '@salesforce/label/c.Erp_Stat_CreditLimit';
import CREDITLIMIT_TEXT from '@salesforce/label/c.Erp_Def_CreditLimit';
import OVERDUEAMOUNT from '@salesforce/label/c.Erp_Stat_OverdueAmount';
import OVERDUEAMOUNT_TEXT from '@salesforce/label/c.Erp_Def_OverdueAmount';
import OVERDUEASOF from '@salesforce/label/c.Erp_Stat_OverdueAsOf';
import OVERDUEASOF_TEXT from '@salesforce/label/c.Erp_Def_OverdueAsOf';
import TOTALSALES from '@salesforce/label/c.Erp_Stat_TotalSales';
import TOTALSALES_TEXT from '@salesforce/label/c.Erp_Def_TotalSales';
import INVOICEDPREPAYMENT from '@salesforce/label/c.Erp_Stat_InvoicedPrepayment';
import INVOICEDPREPAYMENT_TEXT from '@salesforce/label/c.Erp_Def_InvoicedPrepayment';
/** In the order of Business Central's own page. */
export const DEFINITIONS = [
  { name: 'customer', label: CUSTOMER, definition: CUSTOMER_TEXT, source: 'customers', link: 'customer' },
  {
    name: 'balance',
    label: BALANCE,
    definition: BALANCE_TEXT,
    field: 'Balance__c',
    source: 'customerFinancialDetails.balance',
    link: 'entries'
  },
  {
    name: 'outstandingOrders',
    label: OUTSTANDINGORDERS,
    definition: OUTSTANDINGORDERS_TEXT,
    field: 'Outstanding_Orders__c',
    source: 'Analytics itemOutstandingSalesLines',
    link: 'orders'
  },
  {
    name: 'shippedNotInvoiced',
    label: SHIPPEDNOTINVOICED,
    definition: SHIPPEDNOTINVOICED_TEXT,
    field: 'Shipped_Not_Invoiced__c',
    source: 'Analytics itemShippedNotInvoicedSalesLines',
    link: 'orders'
  },
  {
    name: 'outstandingInvoices',
    label: OUTSTANDINGINVOICES,
    definition: OUTSTANDINGINVOICES_TEXT,
    field: 'Outstanding_Invoices__c',
    source: 'salesInvoices',
    link: 'drafts'
  },
  { name: 'outstandingServiceOrders', label: OUTSTANDINGSERVICEORDERS, definition: OUTSTANDINGSERVICEORDERS_TEXT },
  { name: 'serviceShippedNotInvoiced', label: SERVICESHIPPEDNOTINVOICED, definition: SERVICESHIPPEDNOTINVOICED_TEXT },
  {
    name: 'outstandingServiceInvoices',
    label: OUTSTANDINGSERVICEINVOICES,
    definition: OUTSTANDINGSERVICEINVOICES_TEXT
  },
  { name: 'total', label: TOTAL, definition: TOTAL_TEXT, field: 'Total__c' },
  {
    name: 'creditLimit',
    label: CREDITLIMIT,
    definition: CREDITLIMIT_TEXT,
    field: 'Credit_Limit__c',
    source: 'customers.creditLimit',
    link: 'customer'
  },
  {
    name: 'overdueAmount',
    label: OVERDUEAMOUNT,
    definition: OVERDUEAMOUNT_TEXT,
    field: 'Overdue_Amount__c',
    source: 'customerFinancialDetails.overdueAmount',
    link: 'entries'
  },
  { name: 'overdueAsOf', label: OVERDUEASOF, definition: OVERDUEASOF_TEXT },
  {
    name: 'totalSales',
    label: TOTALSALES,
    definition: TOTALSALES_TEXT,
    field: 'Total_Sales__c',
    source: 'customerSales',
    link: 'invoices'
  },
  { name: 'invoicedPrepayment', label: INVOICEDPREPAYMENT, definition: INVOICEDPREPAYMENT_TEXT }
];
