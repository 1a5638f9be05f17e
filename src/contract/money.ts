import * as v from 'valibot';

export const moneySchema = v.object({
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  amount: v.pipe(v.string(), v.regex(/^-?\d{1,15}(\.\d{1,4})?$/)),
});
