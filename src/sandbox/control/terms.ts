import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import {wholeNumber} from './read-json.ts';

/** What the platform keeps of each piece; `null` takes a rule away. */
export const commission = v.exactOptional(
  v.nullable(v.strictObject({percent: v.exactOptional(decimalText), fixed: v.exactOptional(decimalText)})),
);

/** What a supplier asks for a good; `null` takes away what was set. */
export const termsEntries = {
  wholesalePrice: v.exactOptional(decimalText),
  wholesalePrices: v.exactOptional(v.record(v.string(), decimalText)),
  stockCap: v.exactOptional(v.nullable(wholeNumber)),
  commission,
  exclusiveTo: v.exactOptional(v.nullable(wholeNumber)),
};
