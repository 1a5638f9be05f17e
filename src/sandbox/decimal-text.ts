import * as v from 'valibot';
import {money, MoneyError} from '../domain/money.ts';

/** An exact amount or percentage from 0, as a decimal text with at most four decimals. */
export const decimalText = v.pipe(
  v.string('must be a decimal text such as "12.50"'),
  v.check(text => {
    try {
      return !money(text, 'CNY').amount.startsWith('-');
    } catch (error) {
      if (error instanceof MoneyError) return false;
      throw error;
    }
  }, 'must be a decimal text from 0 with at most four decimals'),
);
