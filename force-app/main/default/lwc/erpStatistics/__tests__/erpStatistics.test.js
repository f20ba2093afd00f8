import { graphql } from 'lightning/graphql';
import ErpStatistics from 'c/erpStatistics';
import { find, findAll, settle, show, textOf } from 'test/page';

const value = (content) => ({ value: content });
const AMOUNTS = [
  'Balance__c',
  'Outstanding_Orders__c',
  'Shipped_Not_Invoiced__c',
  'Outstanding_Invoices__c',
  'Total__c',
  'Credit_Limit__c',
  'Overdue_Amount__c',
  'Total_Sales__c'
];
const node = (values = {}) => ({
  Id: 'a05000000000001AAA',
  ...Object.fromEntries(AMOUNTS.map((name, index) => [name, value((index + 1) * 100)])),
  Customer_Number__c: value('C10001'),
  Customer_Name__c: value('Fabrikam'),
  Company__c: value('CRONUS'),
  Currency_Code__c: value('EUR'),
  Open_Order_Count__c: value(2),
  Overdue_As_Of__c: value('2026-02-28'),
  Sales_From__c: value('2026-01-01'),
  As_Of__c: value('2026-03-01T09:00:00.000Z'),
  Not_Available__c: value('invoicedPrepayment=NOT_IN_API\noutstandingServiceOrders=NOT_IN_API'),
  Links__c: value('orders=https://bc.example/orders\ncustomer=https://bc.example/customer'),
  ...values
});
const emit = (...nodes) =>
  graphql.emit({ uiapi: { query: { ERP_Account_Statistics__c: { edges: nodes.map((each) => ({ node: each })) } } } });

async function showStatistics(...nodes) {
  const element = show('c-erp-statistics', ErpStatistics, { accountId: '001000000000001AAA' });
  await settle();
  emit(...nodes);
  await settle();
  return element;
}
const figure = (element, name) => find(element, `[data-figure="${name}"]`);

describe('c-erp-statistics', () => {
  it('shows the fourteen statistics, each with a definition that names its source', async () => {
    const element = await showStatistics(node());
    expect(findAll(element, '[data-figure]')).toHaveLength(14);
    expect(textOf(figure(element, 'balance').querySelector('dd'))).toBe('€100.00');
    expect(textOf(figure(element, 'customer').querySelector('dd'))).toBe('Fabrikam (C10001)');
    expect(textOf(figure(element, 'overdueAsOf').querySelector('dd'))).toBe('Feb 28, 2026');
    expect(figure(element, 'balance').querySelector('lightning-helptext').content).toBe(
      'c.Erp_Def_Balance c.Erp_Source'
    );
    await expect(element).toBeAccessible();
  });

  it('marks what the API does not give with the reason instead of a figure', async () => {
    const element = await showStatistics(node());
    expect(textOf(figure(element, 'invoicedPrepayment').querySelector('dd'))).toBe('–c.Erp_Reason_NOT_IN_API');
    expect(textOf(figure(element, 'balance'))).not.toContain('Reason');
  });

  it('leads to the page of Business Central behind a figure', async () => {
    const element = await showStatistics(node());
    expect(figure(element, 'outstandingOrders').querySelector('a').href).toBe('https://bc.example/orders');
    expect(figure(element, 'total').querySelector('a')).toBeNull();
  });

  it('says why an account has no figures at all', async () => {
    const element = await showStatistics(node({ Not_Available__c: value('customer=NO_MATCH') }));
    expect(textOf(find(element, '[data-reason]'))).toBe('c.Erp_Reason_NO_MATCH');
    expect(findAll(element, '[data-figure]')).toHaveLength(0);
    expect(find(element, 'c-erp-aged-receivables')).toBeNull();
  });

  it('leaves the chart out when ageing is missing', async () => {
    expect(find(await showStatistics(node()), 'c-erp-aged-receivables')).not.toBeNull();
    expect(
      find(await showStatistics(node({ Not_Available__c: value('aged=NOT_READ') })), 'c-erp-aged-receivables')
    ).toBeNull();
  });

  it('says that there is nothing yet, and what failed', async () => {
    const element = await showStatistics();
    expect(textOf(element.shadowRoot)).toContain('c.Erp_No_Figures');
    graphql.emitErrors([{ message: 'no' }]);
    await settle();
    expect(find(element, 'c-error-panel')).not.toBeNull();
    element.refresh();
    expect(textOf(show('c-erp-statistics', ErpStatistics).shadowRoot)).toContain('c.Cosell_Loading');
  });
});
