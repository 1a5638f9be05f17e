import * as v from 'valibot';
import type {Strike} from '../faults/fault-box.ts';
import {keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import {goodCodeOf, itemsOf} from '../platform/items.ts';
import type {Merchant} from '../platform/merchant.ts';
import type {DockCall} from './dock-call.ts';
import {openCall, page, type DockOptions} from './dock.ts';
import {oldDetails, oldRow} from './good-rows.ts';
import {displayLines, oldOrderRow, orderNumber} from './order-rows.ts';
import {purchase} from './purchase.ts';
import {countOf, groups, itemOf, pageOf, parse} from './reads.ts';
import {codes, Refusal} from './refusal.ts';
import {signatureOf} from './signature.ts';

/** Where versions 1 and 2 live on the sandbox. */
export const v2Path = '/dockapi/';

const number = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
const longestPage = 100;

type Endpoint = (call: DockCall) => unknown;

/** The name is what faults are armed for. Each path may end in `.html`. */
const endpoints: Readonly<Record<string, readonly [name: string, endpoint: Endpoint]>> = {
  'index/userinfo': ['user', userInfo],
  'v2/getallgoodsgroup': ['categories', call => ({data: groups(call)})],
  'v2/getallgoods': ['items', goodsPage],
  'v2/goodsdetails': ['item', call => ({goodsdetails: oldDetails(itemOf(call), call)})],
  'index/buy': ['trade', buy],
  'index/queryorder': ['query', queryOrder],
};

/** Endpoint names faults can be armed for on this protocol. */
export const v2Endpoints: readonly string[] = Object.values(endpoints).map(([name]) => name);

/** A 卡卡云 platform's dock API as it was before version 3: forms, no time stamp, and one code for every refusal. */
export function createV2Handler(options: DockOptions): (request: Request) => Promise<Response> {
  return async request => {
    const path = new URL(request.url).pathname.slice(v2Path.length).replace(/\.html$/, '');
    const found = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
    if (!found || request.method !== 'POST') return page();
    const [name, endpoint] = found;
    const {platform} = options;
    const parameters = Object.fromEntries(new URLSearchParams(await request.text()));
    const goodCode = goodCodeOf(platform, Number(parameters['goodsid']));
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const {id} = authenticate(options, parameters, strike);
        moveTheWorld(platform, strike, id, goodCode);
        const whole = await endpoint(openCall(options, request, {merchantId: id, parameters, strike}));
        return Response.json({code: 1, msg: '操作成功', ...(whole as object)});
      } catch (error) {
        if (!(error instanceof Refusal)) return page();
        return Response.json({code: codes.other, msg: error.message});
      }
    });
  };
}

/** @throws {Refusal} */
function authenticate(
  {platform, keys}: DockOptions,
  parameters: Readonly<Record<string, string>>,
  strike: Strike,
): Merchant {
  const merchant = platform.merchant(Number(parameters['userid']));
  const key = keyOf(keys, Number(parameters['userid']), strike);
  if (!merchant || key === undefined) throw new Refusal(codes.other, '用户不存在');
  if (parameters['sign'] !== signatureOf(parameters, key)) throw new Refusal(codes.other, '签名错误');
  if (merchant.banned) throw new Refusal(codes.other, '账户已被禁用');
  return merchant;
}

function userInfo({merchant}: DockCall): unknown {
  return {data: {money: Number(merchant.balance.amount), creditquota: 0, group_id: merchant.groupId ?? 0}};
}

function goodsPage(call: DockCall): unknown {
  const asked = parse(v.object({limit: v.exactOptional(number, '10'), page: v.exactOptional(number, '1')}), call);
  const found = itemsOf(call.platform, call.merchant.id);
  const {page: nowpage, items} = pageOf(found, asked, longestPage);
  return {nowpage, ...countOf(found, asked, longestPage), data: items.map(item => oldRow(item, call))};
}

/** A purchase carries no number of the buyer's. Cards are in the answer where there are some. */
async function buy(call: DockCall): Promise<unknown> {
  const {platform} = call;
  const {goodsid, buynum, attach} = parse(
    v.object({goodsid: number, buynum: v.pipe(number, v.minValue(1)), attach: v.exactOptional(v.string(), '[]')}),
    call,
  );
  const order = await purchase(call, {goodId: goodsid, quantity: buynum, values: () => valuesOf(attach)});
  const cardlist = displayLines(platform, order);
  return {
    orderno: orderNumber(order),
    money: Number(order.amount.amount),
    buynum,
    ...(cardlist.length > 0 && {cardlist}),
  };
}

function queryOrder(call: DockCall): unknown {
  const {platform, merchant} = call;
  const {orderno} = parse(v.object({orderno: v.string()}), call);
  const order = platform.order(orderno.replace(/^SD/, ''));
  if (order?.merchantId !== merchant.id) throw new Refusal(codes.other, '订单不存在');
  return {data: oldOrderRow(platform, order), cardlist: displayLines(platform, order), aftersales: []};
}

/** A JSON list of texts. */
function valuesOf(attach: string): readonly string[] {
  try {
    const values: unknown = JSON.parse(attach);
    return Array.isArray(values) ? values.map(String) : [];
  } catch {
    return [];
  }
}
