import * as v from 'valibot';
import {money, subtract, zero} from '../../domain/money.ts';
import type {Item} from '../platform/items.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import type {DockCall} from './dock-call.ts';
import {fieldType} from './good-rows.ts';
import {isPaidBack, orderNumber, orderRow, statusOf} from './order-rows.ts';
import {purchase} from './purchase.ts';
import {parse} from './reads.ts';
import {codes, Refusal} from './refusal.ts';

const number = v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.safeInteger(), v.minValue(1));

const createSchema = v.object({
  goodsid: number,
  buynum: number,
  usorderno: v.exactOptional(v.string(), ''),
  attach: v.exactOptional(
    v.union([v.string(), v.array(v.object({attachtype: v.union([v.string(), v.number()]), value: v.string()}))]),
    '',
  ),
  callbackurl: v.exactOptional(v.string()),
  maxmoney: v.exactOptional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
});

/** `order/create`. Cards are never in the answer, nor is what it cost. A number that was used is refused. */
export async function create(call: DockCall): Promise<unknown> {
  for (const [name, code] of [
    ['goodsid', codes.noGoodId],
    ['buynum', codes.noQuantity],
  ] as const) {
    if ((call.parameters[name] ?? '') === '') throw new Refusal(code, `缺少参数${name}`);
  }
  const {goodsid, buynum, usorderno, attach, maxmoney} = parse(createSchema, call);
  const order = await purchase(call, {
    goodId: goodsid,
    quantity: buynum,
    reference: usorderno,
    values: item => valuesOf(item, attach),
    ...(maxmoney !== undefined && {ceiling: money(maxmoney, 'CNY')}),
  });
  return {orderno: orderNumber(order), usorderno};
}

/** One field may come as a text; several come by their kind. */
function valuesOf({good}: Item, attach: v.InferOutput<typeof createSchema>['attach']): readonly string[] {
  if (typeof attach === 'string') return [attach];
  return good.fields.map(
    (_field, index) => attach.find(({attachtype}) => Number(attachtype) === fieldType(index))?.value ?? '',
  );
}

/** `order/get`: by either number; the merchant's own goes before. */
export function get(call: DockCall): unknown {
  const order = find(call);
  if (!order) throw new Refusal(codes.noOrder, '订单不存在');
  return orderRow(call.platform, order);
}

/** `order/cancelOrder` (申请退款): the whole order, and only while nothing was handed over. */
export function cancelOrder(call: DockCall): string {
  const order = find(call);
  if (!order) throw new Refusal(codes.notRefunded, '退款失败:订单不存在');
  if (isPaidBack(order)) throw new Refusal(codes.notRefunded, '订单已退款');
  if (statusOf(order) === 5) throw new Refusal(codes.notRefunded, '退款失败:订单已完成');
  call.platform.refund(order.tradeNo, subtract(order.amount, order.refunded ?? zero(order.amount.currency)));
  return '';
}

const oldestMs = 30 * 24 * 3_600_000;

function find(call: DockCall): PlatformOrder | undefined {
  const {platform, merchant} = call;
  const schema = v.object({orderno: v.exactOptional(v.string(), ''), usorderno: v.exactOptional(v.string(), '')});
  const {orderno, usorderno} = parse(schema, call);
  if (orderno === '' && usorderno === '') throw new Refusal(codes.noOrderNumber, '缺少订单号');
  const own =
    usorderno !== ''
      ? platform.orderByRequest({merchantId: merchant.id, requestScope: 'merchant', requestNo: usorderno})
      : platform.order(orderno.replace(/^SD/, ''));
  const isReadable = own?.merchantId === merchant.id && own.createdAt >= platform.now() - oldestMs;
  return isReadable ? own : undefined;
}
