import { readLines, reasonText } from 'c/erpReasons';

describe('c-erp-reasons', () => {
  it('has a sentence for a known code and shows any other as it is', () => {
    expect(reasonText('NOT_STOCKED')).toBe('c.Erp_Reason_NOT_STOCKED');
    expect([reasonText('NEW_CODE'), reasonText('')]).toEqual(['NEW_CODE', '']);
  });

  it('reads lines of names and values, which may hold equals signs', () => {
    expect([...readLines('orders=https://x?a=b\n\nnothing\n=no')]).toEqual([['orders', 'https://x?a=b']]);
  });
});
