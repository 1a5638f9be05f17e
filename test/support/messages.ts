import {money} from '../../src/domain/money.ts';
import type {Message} from '../../src/server/delivery/port.ts';
import type {OrderRecord} from '../../src/server/persistence/records.ts';

/** The key that no log, error or subject may hold. */
export const canary = 'CANARY-7F3A-91BC';

/** A message about an order of one good, three pieces of it, all delivered. */
export function aMessage({
  order,
  ...overrides
}: Partial<Omit<Message, 'order'>> & {readonly order?: Partial<OrderRecord>} = {}): Message {
  const price = money('12.50', 'CNY');
  return {
    id: 'dlv_AbCdEf0123456789AbCdEf',
    to: 'mei@example.com',
    occasion: 'keys_delivered',
    shopName: '卡铺',
    order: {
      id: 'ord_1',
      number: '261128120000123456',
      version: 1,
      progress: {state: 'delivered', lines: {l1: {quantity: 1, delivered: 1, failed: 0}}},
      currency: 'CNY',
      total: price,
      refundDue: money('0', 'CNY'),
      contact: 'mei@example.com',
      lang: 'zh-CN',
      lines: [
        {
          id: 'l1',
          skuId: 'sku_1',
          productId: 'prd_1',
          title: '月卡 30 天',
          choices: {},
          quantity: 1,
          unitPrice: price,
          total: price,
          delivery: 'automatic',
          fields: {},
          source: {
            connectionId: 'main',
            offer: {code: 'G-1', choices: {}, nested: false},
            costCeiling: money('10', 'CNY'),
          },
        },
      ],
      createdAt: 1_796_000_000_000,
      expiresAt: 1_796_000_900_000,
      ...order,
    },
    keys: [{id: 'crd_1', lineId: 'l1', title: '月卡 30 天', secret: {kind: 'code', code: canary}}],
    at: 1_796_000_100_000,
    ...overrides,
  };
}
