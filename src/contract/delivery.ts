import * as v from 'valibot';
import {keySchema} from './keys.ts';
import {moneySchema} from './money.ts';

export const deliveryChannels = ['email', 'sms', 'callback'] as const;
export const deliveryStates = ['pending', 'sent', 'failed'] as const;
export const deliveryOccasions = [
  'keys_delivered',
  'keys_partly_delivered',
  'keys_replaced',
  'refund_due',
  'refunded',
] as const;

export const deliveryChannelSchema = v.picklist(deliveryChannels);
export const deliveryStateSchema = v.picklist(deliveryStates);
export const deliveryOccasionSchema = v.picklist(deliveryOccasions);

/** How a message to the buyer stands, as the buyer sees it. */
export const orderDeliverySchema = v.object({
  channel: v.picklist(['email', 'sms']),
  to: v.string(),
  occasion: deliveryOccasionSchema,
  state: deliveryStateSchema,
  at: v.string(),
});

/** One message about an order, as the people of the shop see it. */
export const deliverySchema = v.object({
  id: v.string(),
  channel: deliveryChannelSchema,
  to: v.string(),
  occasion: deliveryOccasionSchema,
  state: deliveryStateSchema,
  tries: v.number(),
  reason: v.exactOptional(v.string()),
  nextTryAt: v.exactOptional(v.string()),
  sentAt: v.exactOptional(v.string()),
  asked: v.exactOptional(v.boolean()),
  createdAt: v.string(),
});

export const deliveryListSchema = v.object({items: v.array(deliverySchema)});

export const deliveryRequestSchema = v.object({
  channels: v.pipe(v.array(deliveryChannelSchema), v.minLength(1), v.maxLength(deliveryChannels.length)),
});

/** What is posted to the merchant's own address when something became of an order. Signed by Standard Webhooks. */
export const orderNoticeSchema = v.object({
  id: v.string(),
  type: v.picklist(deliveryOccasions.map(occasion => `order.${occasion}` as const)),
  occurredAt: v.string(),
  order: v.object({
    id: v.string(),
    number: v.string(),
    state: v.string(),
    currency: v.string(),
    total: moneySchema,
    refundDue: moneySchema,
    lines: v.array(
      v.object({
        id: v.string(),
        skuId: v.string(),
        productId: v.string(),
        title: v.string(),
        quantity: v.number(),
        delivered: v.number(),
        failed: v.number(),
      }),
    ),
  }),
  keys: v.exactOptional(v.array(keySchema)),
});

export type DeliveryChannelName = v.InferOutput<typeof deliveryChannelSchema>;
export type DeliveryState = v.InferOutput<typeof deliveryStateSchema>;
export type DeliveryOccasion = v.InferOutput<typeof deliveryOccasionSchema>;
export type OrderDelivery = v.InferOutput<typeof orderDeliverySchema>;
export type Delivery = v.InferOutput<typeof deliverySchema>;
export type DeliveryRequest = v.InferOutput<typeof deliveryRequestSchema>;
export type OrderNotice = v.InferOutput<typeof orderNoticeSchema>;
