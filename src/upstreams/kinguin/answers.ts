import * as v from 'valibot';
import {amount, optionalText, whole} from '../answer-schemas.ts';

/*
 * The answers of the protocol, read from exact JSON: every number is a text here, so that a price is never a float and
 * `paymentPrice`, a text for some and a number for others, is the same for us. Unknown names are ignored.
 */

/** Ids of ours end up in paths: letters and digits only. */
const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id'));
const flag = v.nullish(v.boolean(), false);
const texts = v.nullish(v.array(v.unknown()), []);

export const problem = v.object({
  kind: v.pipe(v.string(), v.minLength(1)),
  detail: optionalText,
  title: optionalText,
  type: optionalText,
});

export const balance = v.object({balance: amount});
export const platforms = v.array(v.unknown());
export const page = v.object({results: v.array(v.unknown()), item_count: whole});

const offer = v.object({
  price: amount,
  qty: v.nullish(whole, '0'),
  textQty: v.nullish(whole),
  availableQty: v.nullish(whole),
  availableTextQty: v.nullish(whole),
  isPreorder: flag,
});
export type OfferRecord = v.InferOutput<typeof offer>;

export const productName = v.object({productId: name});
export const product = v.object({
  productId: name,
  name: optionalText,
  originalName: optionalText,
  description: optionalText,
  activationDetails: optionalText,
  platform: optionalText,
  regionalLimitations: optionalText,
  /** Where a key may not be activated. */
  countryLimitation: texts,
  price: v.nullish(amount),
  qty: v.nullish(whole, '0'),
  textQty: v.nullish(whole),
  isPreorder: flag,
  tags: texts,
  offers: v.nullish(v.array(offer), []),
  images: v.nullish(v.object({cover: v.nullish(v.object({url: optionalText, thumbnail: optionalText}))})),
});
export type ProductRecord = v.InferOutput<typeof product>;

export const order = v.object({
  orderId: name,
  orderExternalId: optionalText,
  status: v.string(),
  totalPrice: amount,
  /** What was charged; it may be less than `totalPrice`. */
  paymentPrice: v.nullish(amount),
  totalQty: whole,
  products: v.nullish(v.array(v.object({keys: v.nullish(v.array(v.object({status: v.string()})), [])})), []),
});
export type OrderRecord = v.InferOutput<typeof order>;
export const orderPage = v.object({results: v.array(order), item_count: whole});

export const keys = v.array(
  v.object({id: optionalText, serial: v.string(), type: v.nullish(v.string(), 'text/plain')}),
);
export type KeyRecord = v.InferOutput<typeof keys>[number];

export const returned = v.array(v.object({id: optionalText, status: v.string()}));

export const orderNotice = v.object({
  orderId: name,
  orderExternalId: optionalText,
  status: v.string(),
  updatedAt: v.pipe(
    v.string(),
    v.transform(Date.parse),
    v.check(at => !Number.isNaN(at), 'a moment'),
  ),
});
export const productNotice = v.object({productId: name, updatedAt: v.string()});
