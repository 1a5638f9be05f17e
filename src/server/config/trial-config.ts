import * as v from 'valibot';
import {decimal} from './values.ts';

/** How a platform has to prove itself before it is bought from without bounds. */
export const trialSchema = v.strictObject({
  /** Most that may lie in its open purchases until then, in the shop's currency. */
  exposureCap: decimal,
  /** How many purchases make the trial. */
  purchases: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(50)), 10),
});
