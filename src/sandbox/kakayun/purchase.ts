import {compare, multiply, type Money} from '../../domain/money.ts';
import {handOver} from '../faults/under-faults.ts';
import {isTopUp, itemById, type Item} from '../platform/items.ts';
import {isSaleRefused, type PlatformOrder, type Sale} from '../platform/platform-order.ts';
import {priceOf} from './good-rows.ts';
import type {DockCall} from './dock-call.ts';
import {codes, Refusal} from './refusal.ts';

/** What both versions do to buy. */
export interface Asked {
  readonly goodId: number;
  readonly quantity: number;
  /** The buyer's values for the good's fields, in their order. */
  readonly values: (item: Item) => readonly string[];
  readonly reference?: string;
  readonly ceiling?: Money;
}

/** Sells, paid from the wallet at once. @throws {Refusal} */
export async function purchase(call: DockCall, asked: Asked): Promise<PlatformOrder> {
  const {platform, merchant, strike} = call;
  const {quantity, reference, ceiling} = asked;
  const scope = {
    merchantId: merchant.id,
    requestScope: 'merchant',
    ...(reference !== undefined && reference !== '' && {requestNo: reference}),
  } as const;
  if (platform.orderByRequest(scope)) throw new Refusal(codes.referenceUsed, '商户订单号已存在');
  const item = itemById(platform, asked.goodId, merchant.id);
  if (!item) throw new Refusal(codes.noGood, '商品不存在');
  const {good, sku} = item;
  if (!good.onSale) throw new Refusal(codes.goneGood, '商品已下架');
  if (quantity < good.minimum || (good.maximum > 0 && quantity > good.maximum)) {
    throw new Refusal(codes.other, '购买数量不符合要求');
  }
  const fields = fieldsOf(item, asked.values(item));
  const amount = multiply(priceOf(item, call), quantity);
  if (ceiling && compare(amount, ceiling) > 0) throw new Refusal(codes.lossGuard, '订单金额超出防亏损金额');
  if (platform.stock(good, sku.choice) < quantity && !strike.has('oversold')) {
    throw new Refusal(codes.other, '商品库存不足');
  }
  await call.beforeCommit();
  return sell(call, {...scope, goodId: good.id, quantity, ...sku.choice, amount, fields, handOver: handOver(strike)});
}

function sell({platform}: DockCall, sale: Sale): PlatformOrder {
  try {
    return platform.sell(sale);
  } catch (error) {
    if (!isSaleRefused(error)) throw error;
    switch (error.reason) {
      case 'reference_used':
        throw new Refusal(codes.referenceUsed, '商户订单号已存在');
      case 'insufficient_balance':
        throw new Refusal(codes.noMoney, '账户余额不足');
      case 'banned':
        throw new Refusal(codes.banned, '账户已被禁用');
      default:
        throw new Refusal(codes.noGood, '商品不存在');
    }
  }
}

function fieldsOf({good}: Item, values: readonly string[]): Sale['fields'] {
  if (!isTopUp(good)) return {};
  return Object.fromEntries(
    good.fields.map(({name, label, pattern}, index) => {
      const value = values[index] ?? '';
      if (value === '') throw new Refusal(codes.missingField, `${label}不能为空`);
      if (pattern !== '' && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) {
        throw new Refusal(codes.wrongField, `${label}格式错误`);
      }
      return [name, {value, label}];
    }),
  );
}
