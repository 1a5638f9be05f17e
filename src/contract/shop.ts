import * as v from 'valibot';

export const paymentMethodSchema = v.object({
  id: v.string(),
  kind: v.picklist(['redirect', 'qr', 'element', 'transfer']),
  label: v.string(),
});

export const shopSchema = v.object({
  name: v.string(),
  currency: v.string(),
  locales: v.array(v.string()),
  paymentMethods: v.array(paymentMethodSchema),
  coupons: v.exactOptional(v.boolean()),
  isolatedReveal: v.exactOptional(v.boolean()),
  notices: v.array(v.string()),
});

export type PaymentMethod = v.InferOutput<typeof paymentMethodSchema>;
export type Shop = v.InferOutput<typeof shopSchema>;
