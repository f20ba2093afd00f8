import { graphql } from 'lightning/graphql';
import ErpAvailability from 'c/erpAvailability';
import { RECORD_ID, find, findAll, settle, show, textOf } from 'test/page';

const value = (content) => ({ value: content });
const is = (name) => (config) => config?.query?.name === name;
const answer = (object, nodes) => ({ uiapi: { query: { [object]: { edges: nodes.map((node) => ({ node })) } } } });
const line = (product, quantity, values = {}) => ({
  Id: `00k${product}`,
  Product2Id: value(product),
  Product2: { Name: value(`Product ${product}`) },
  Quantity: value(quantity),
  ServiceDate: value(null),
  ...values
});
const stock = (product, location, projection, values = {}) => ({
  Id: `${product}-${location}`,
  Product__c: value(product),
  Location_Name__c: value(location),
  Unit__c: value('PCS'),
  On_Hand__c: value(10),
  On_Order__c: value(20),
  Committed__c: value(3),
  Available__c: value(7),
  Late_Receipts__c: value(0),
  Projection__c: value(projection),
  As_Of__c: value('2026-03-02T09:00:00.000Z'),
  Source__c: value('Analytics API'),
  Not_Available_Reason__c: value(null),
  Link__c: value('https://bc.example/?page=30'),
  ...values
});

async function showWith(lines, nodes, dueBy = '2099-03-20') {
  const element = show('c-erp-availability', ErpAvailability, { recordId: RECORD_ID, dueBy });
  await settle();
  graphql.emit(answer('OpportunityLineItem', lines), is('erpProducts'));
  await settle();
  if (nodes) graphql.emit(answer('ERP_Availability__c', nodes), is('erpAvailability'));
  await settle();
  return element;
}
const verdict = (element) => find(element, '.verdict');

describe('c-erp-availability', () => {
  it('shows each location with its figures, and all of them together', async () => {
    const projection = '2020-01-01 7 7\n2099-03-10 27 24';
    const element = await showWith([line('A', 5)], [stock('A', 'Main', projection), stock('A', 'East', projection)]);
    const rows = findAll(element, 'tr').map((row) => [...row.children].map(textOf));
    expect(rows.slice(1)).toEqual([
      ['Main', '10', '20', '3', '7', '24'],
      ['East', '10', '20', '3', '7', '24'],
      ['c.Erp_All_Locations', '20', '40', '6', '14', '48']
    ]);
    expect(find(element, 'h4 a').href).toBe('https://bc.example/?page=30');
    expect(verdict(element).dataset.warning).toBe('false');
    await expect(element).toBeAccessible();
  });

  it('warns when the wanted quantity of all lines is not there on the day, and says from when it is', async () => {
    const element = await showWith(
      [line('A', 5), line('A', 20, { ServiceDate: value('2099-02-01') })],
      [stock('A', 'Main', '2020-01-01 7 7\n2099-03-10 40 40')]
    );
    expect(verdict(element).dataset.warning).toBe('true');
    expect(textOf(verdict(element))).toBe('c.Erp_Short c.Erp_Enough_From');
    await expect(element).toBeAccessible();
  });

  it('warns without a day when nothing on order covers it', async () => {
    const element = await showWith([line('A', 100)], [stock('A', 'Main', '2020-01-01 7 7')]);
    expect(textOf(verdict(element))).toBe('c.Erp_Short c.Erp_Never_Enough');
  });

  it('counts what one location lacks against the others', async () => {
    const element = await showWith(
      [line('A', 7)],
      [stock('A', 'Main', '2020-01-01 7 7'), stock('A', 'East', '2020-01-01 -5 -5')]
    );
    expect(verdict(element).dataset.warning).toBe('true');
  });

  it('says why a product has no figures, and that late goods do not count', async () => {
    const none = {
      Projection__c: value(null),
      Not_Available_Reason__c: value('NOT_STOCKED'),
      Location_Name__c: value(null)
    };
    const late = { Late_Receipts__c: value(4) };
    const element = await showWith(
      [line('A', 1), line('B', 1), line('C', 1)],
      [stock('A', '', '', none), stock('B', 'Main', '2020-01-01 7 7', late)]
    );
    const text = textOf(element.shadowRoot);
    expect(text).toContain('c.Erp_Reason_NOT_STOCKED');
    expect(text).toContain('c.Erp_Late');
    expect(text).toContain('c.Erp_No_Figures');
    expect(findAll(element, 'table')).toHaveLength(1);
  });

  it('says that there are no products, that it is loading, and what failed', async () => {
    const element = await showWith([]);
    expect(textOf(element.shadowRoot)).toContain('c.Erp_No_Products');
    graphql.emitErrors([{ message: 'no' }], is('erpProducts'));
    await settle();
    expect(find(element, 'c-error-panel')).not.toBeNull();
    element.refresh();
  });

  it('waits for the record id', async () => {
    const element = show('c-erp-availability', ErpAvailability);
    await settle();
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Loading');
  });
});
