import * as v from 'valibot';
import {compare, money, multiply} from '../../domain/money.ts';
import {handOver} from '../faults/under-faults.ts';
import type {Good} from '../platform/good.ts';
import {isSaleRefused, type PlatformOrder, type SaleRefusal} from '../platform/platform-order.ts';
import {skusOf, unitPrice, type Sku} from '../platform/skus.ts';
import {parse, type ApiCall} from './api-call.ts';
import {goodById, skuCode} from './good-rows.ts';
import {handedOver, orderNumber, orderRow, statusOf, tradeNoOf} from './order-rows.ts';
import {Refusal} from './refusal.ts';

const createSchema = v.object({
  goodsId: v.pipe(v.number(), v.safeInteger()),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  notifyUrl: v.string(),
  outerNumber: v.string(),
  safePrice: v.pipe(v.number(), v.finite()),
  sku: v.string(),
  attach: v.array(v.object({name: v.string(), value: v.string()})),
});

/**
 * `order/create`: paid from the wallet at once. Cards that are there come along. What a number that was used is answered
 * with, the vendor does not say: it is refused here.
 */
export async function create(call: ApiCall): Promise<unknown> {
  const {platform, merchant, group, strike} = call;
  const {goodsId, count, outerNumber, safePrice, sku: code, attach} = parse(createSchema, call);
  const scope = {
    merchantId: merchant.id,
    requestScope: 'merchant',
    ...(outerNumber !== '' && {requestNo: outerNumber}),
  } as const;
  if (platform.orderByRequest(scope)) throw new Refusal('failed', refusals.reference_used);
  const good = goodById(call, goodsId);
  if (!good) throw new Refusal('absent', '商品不存在');
  if (!good.onSale) throw new Refusal('failed', '商品已暂停销售');
  const sku = findSku(good, code);
  if (count < good.minimum || (good.maximum > 0 && count > good.maximum)) {
    throw new Refusal('failed', '购买数量不符合要求');
  }
  const fields = good.fields.map(({name, label, pattern}) => {
    const value = attach.find(field => field.name === label)?.value ?? '';
    if (pattern !== '' && value === '') throw new Refusal('failed', `${label}不能为空`);
    return [name, {value, label}] as const;
  });
  const amount = multiply(unitPrice(good, sku, group), count);
  if (compare(amount, money(String(safePrice), amount.currency)) > 0) {
    throw new Refusal('price', '订单金额超出安全价格');
  }
  if (platform.stock(good, sku.choice) < count && !strike.has('oversold')) throw new Refusal('failed', '库存不足');
  await call.beforeCommit();
  try {
    const order = platform.sell({
      ...scope,
      goodId: good.id,
      quantity: count,
      ...sku.choice,
      amount,
      fields: Object.fromEntries(fields),
      handOver: handOver(strike),
    });
    const {cards} = handedOver(platform, order);
    return {
      orderNumber: orderNumber(order),
      ...(cards.length > 0 && {cards: cards.map(({status: _status, ...card}) => card)}),
    };
  } catch (error) {
    if (!isSaleRefused(error)) throw error;
    throw new Refusal('failed', refusals[error.reason]);
  }
}

const refusals: Readonly<Record<SaleRefusal, string>> = {
  reference_used: '外部订单号已存在',
  insufficient_balance: '余额不足',
  banned: '账户已被禁用',
  card_absent: '商品不存在',
  tier_too_low: '商品不存在',
  card_gone: '库存不足',
};

function findSku(good: Good, code: string): Sku {
  const skus = skusOf(good);
  const hasChoice = Object.keys(skus[0]!.specValues).length > 0;
  const found = hasChoice ? skus.find(sku => skuCode(sku) === code) : skus[0];
  if (!found || (!hasChoice && code !== '')) throw new Refusal('failed', '请选择规格');
  return found;
}

/** `order/getDetail` */
export function detail(call: ApiCall): unknown {
  return orderRow(call.platform, ownOrder(call));
}

/** `order/refunds`: taken note of; an operator decides, and the money comes when they have. */
export function refunds(call: ApiCall): unknown {
  const order = ownOrder(call);
  if (order.refunded) throw new Refusal('failed', '订单已退款');
  return {status: statusOf(call.platform.askBack(order.tradeNo))};
}

/** By one of the two numbers; the other is empty. */
function ownOrder(call: ApiCall): PlatformOrder {
  const {platform, merchant} = call;
  const asked = parse(v.object({orderNumber: v.string(), outerNumber: v.string()}), call);
  const found =
    asked.orderNumber === ''
      ? platform.ordersByReference(merchant.id, asked.outerNumber)[0]
      : platform.order(tradeNoOf(asked.orderNumber));
  if (found?.merchantId !== merchant.id) throw new Refusal('absent', '订单不存在');
  return found;
}
