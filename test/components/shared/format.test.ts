import {expect} from 'chai';
import {formatDate, formatMoney} from '../../../components/shared/format.ts';
import {money} from '../../../src/domain/money.ts';

describe('formatting', () => {
  it('writes money as the language does', () => {
    expect(formatMoney(money('1234.50', 'CNY'), 'zh-CN')).to.equal('¥1,234.50');
    expect(formatMoney(money('1234.50', 'CNY'), 'en')).to.equal('¥1,234.50');
    expect(formatMoney(money('1234.50', 'EUR'), 'de')).to.equal('1.234,50\u00a0€');
  });

  it('knows how many decimals a currency has', () => {
    expect(formatMoney(money('1200', 'JPY'), 'en')).to.equal('¥1,200');
  });

  it('loses no digit of a long amount', () => {
    expect(formatMoney(money('123456789012345.67', 'CNY'), 'en')).to.equal('¥123,456,789,012,345.67');
  });

  it('writes moments', () => {
    expect(formatDate('2026-03-01T12:00:00Z', 'en', {dateStyle: 'long', timeZone: 'UTC'})).to.equal('March 1, 2026');
  });
});
