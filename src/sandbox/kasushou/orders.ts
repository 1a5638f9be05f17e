import * as v from 'valibot';
import {compare, money, multiply} from '../../domain/money.ts';
import {handOver} from '../faults/under-faults.ts';
import {itemById} from '../platform/items.ts';
import {isSaleRefused, type PlatformOrder, type SaleRefusal} from '../platform/platform-order.ts';
import {unitPrice} from '../platform/skus.ts';
import type {ApiCall} from './api-call.ts';
import {fieldKey} from './good-rows.ts';
import {isPaidBack, orderNumber, orderRow, tradeNoOf} from './order-rows.ts';
import {parse} from './reads.ts';
import {Refusal} from './refusal.ts';

const decimalText = v.pipe(v.string(), v.regex(/^\d{1,9}(?:\.\d{1,4})?$/));

const buySchema = v.object({
  id: v.pipe(v.number(), v.safeInteger()),
  quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  external_orderno: v.string(),
  url: v.exactOptional(v.string()),
  safe_price: v.exactOptional(decimalText),
  mark: v.exactOptional(v.string()),
  attach: v.exactOptional(v.record(v.string(), v.string()), {}),
});

/**
 * `order/buy`: paid from the wallet at once; cards are never in the answer. A number that was used is refused. Whether
 * `safe_price` is about one piece or all of them, the vendor does not say: it is about one here.
 */
export async function buy(call: ApiCall): Promise<unknown> {
  const {platform, merchant, group, strike} = call;
  const {id, quantity, external_orderno: reference, safe_price: safePrice, attach} = parse(buySchema, call);
  const scope = {
    merchantId: merchant.id,
    requestScope: 'merchant',
    ...(reference !== '' && {requestNo: reference}),
  } as const;
  if (platform.orderByRequest(scope)) throw new Refusal(refusals.reference_used);
  const item = itemById(platform, id, merchant.id);
  if (!item) throw new Refusal('商品不存在');
  const {good, sku} = item;
  if (!good.onSale) throw new Refusal('商品已暂停销售');
  if (quantity < good.minimum || (good.maximum > 0 && quantity > good.maximum)) throw new Refusal('购买数量不符合要求');
  const fields = good.fields.map(({name, label, pattern}, index) => {
    const value = attach[fieldKey(index)] ?? '';
    if (pattern !== '' && value === '') throw new Refusal(`${label}不能为空`);
    return [name, {value, label}] as const;
  });
  const price = unitPrice(good, sku, group);
  if (safePrice !== undefined && compare(price, money(safePrice, price.currency)) > 0) {
    throw new Refusal('商品价格高于安全价格');
  }
  if (platform.stock(good, sku.choice) < quantity && !strike.has('oversold')) throw new Refusal('库存不足');
  await call.beforeCommit();
  try {
    const order = platform.sell({
      ...scope,
      goodId: good.id,
      quantity,
      ...sku.choice,
      amount: multiply(price, quantity),
      fields: Object.fromEntries(fields),
      handOver: handOver(strike),
    });
    return {ordersn: orderNumber(order), external_orderno: reference, total_price: Number(order.amount.amount)};
  } catch (error) {
    if (!isSaleRefused(error)) throw error;
    throw new Refusal(refusals[error.reason]);
  }
}

const refusals: Readonly<Record<SaleRefusal, string>> = {
  reference_used: '外部订单号重复',
  insufficient_balance: '账户余额不足',
  banned: '账户已被禁用',
  card_absent: '商品不存在',
  tier_too_low: '商品不存在',
  card_gone: '库存不足',
};

const infoSchema = v.object({
  external_orderno: v.exactOptional(v.string(), ''),
  ordersn: v.exactOptional(v.string(), ''),
  /** Orders of so many days; `0` is all. */
  day: v.exactOptional(v.pipe(v.union([v.number(), v.string()]), v.transform(Number)), 30),
});

const dayMs = 24 * 3_600_000;

/** `order/info`: by either number, or by several with commas in between. */
export function info(call: ApiCall): unknown {
  const {external_orderno: references, ordersn: numbers, day} = parse(infoSchema, call);
  const wanted = new Set((numbers || references).split(',').filter(text => text !== ''));
  const {platform, merchant} = call;
  const oldest = day > 0 ? platform.now() - day * dayMs : 0;
  const found = [...wanted]
    .flatMap(number =>
      numbers === '' ? platform.ordersByReference(merchant.id, number) : (ownOrder(call, number) ?? []),
    )
    .filter(({createdAt}) => createdAt >= oldest)
    .toSorted((left, right) => platform.placeOf(left) - platform.placeOf(right));
  if (found.length === 0) throw new Refusal('订单不存在');
  return found.map(order => orderRow(platform, order));
}

/** `order/close`: taken note of. The money comes later, if it comes. */
export function close(call: ApiCall): undefined {
  const {ordersn} = parse(v.object({ordersn: v.string()}), call);
  const order = ownOrder(call, ordersn);
  if (!order) throw new Refusal('订单不存在');
  if (isPaidBack(order)) throw new Refusal('订单状态不允许撤单');
  call.platform.askBack(order.tradeNo);
}

function ownOrder({platform, merchant}: ApiCall, number: string): PlatformOrder | undefined {
  const order = platform.order(tradeNoOf(number));
  return order?.merchantId === merchant.id ? order : undefined;
}
