import type {Strike} from '../faults/fault-box.ts';
import {clockOf, keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import {goodCodeOf} from '../platform/items.ts';
import type {Merchant} from '../platform/merchant.ts';
import type {DockCall} from './dock-call.ts';
import {openCall, page, type DockOptions} from './dock.ts';
import {cancelOrder, create, get} from './orders.ts';
import {createRateLimits} from './rate-limits.ts';
import * as read from './reads.ts';
import {codes, Refusal} from './refusal.ts';
import {signatureOf} from './signature.ts';
import {parseObject} from '../parse-json.ts';

/** Where version 3 lives on the sandbox. */
export const v3Path = '/dockapiv3/';

const toleratedSkewSeconds = 300;

type Endpoint = (call: DockCall) => unknown;

const inData =
  (endpoint: Endpoint): Endpoint =>
  async call => ({data: await endpoint(call)});

/** The name is what faults are armed for. */
const endpoints: Readonly<Record<string, readonly [name: string, message: string, endpoint: Endpoint]>> = {
  'user/info': ['user', '获取成功', inData(read.userInfo)],
  'goods/group': ['categories', '获取成功', inData(read.groups)],
  'goods/all': ['items', '获取成功', read.goodsPage],
  'goods/details': ['item', '获取成功', inData(read.details)],
  'goods/detailslite': ['stock', '获取成功', inData(read.detailsLite)],
  'goods/tpl': ['template', '获取成功', inData(read.template)],
  'order/create': ['trade', '提交成功', inData(create)],
  'order/get': ['query', '获取成功', inData(get)],
  'order/cancelOrder': ['refund', '退款成功', inData(cancelOrder)],
};

/** Endpoint names faults can be armed for on this protocol. */
export const v3Endpoints: readonly string[] = Object.values(endpoints).map(([name]) => name);

/** A 卡卡云 platform's dock API, version 3. Whatever happened, the status is 200. */
export function createV3Handler(options: DockOptions): (request: Request) => Promise<Response> {
  const limit = createRateLimits();
  return async request => {
    const path = new URL(request.url).pathname.slice(v3Path.length);
    const found = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
    if (!found) return page();
    const [name, message, endpoint] = found;
    const {platform} = options;
    const parameters = parseObject(await request.text());
    const goodCode = goodCodeOf(platform, Number(parameters?.['goodsid']));
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const {id} = authenticate(options, parameters, strike);
        limit(id, path, platform.now());
        moveTheWorld(platform, strike, id, goodCode);
        const whole = await endpoint(openCall(options, request, {merchantId: id, parameters: parameters!, strike}));
        return Response.json({code: 1, msg: message, ...(whole as object)});
      } catch (error) {
        const {code, message: words} =
          error instanceof Refusal ? error : {code: codes.system, message: '系统错误，请联系客服核实'};
        return Response.json({code, msg: words, data: ''});
      }
    });
  };
}

/** @throws {Refusal} */
function authenticate(
  {platform, keys}: DockOptions,
  parameters: Readonly<Record<string, unknown>> | undefined,
  strike: Strike,
): Merchant {
  const {userid, timestamp, sign} = parameters ?? {};
  if (!sign) throw new Refusal(codes.noSign, '缺少参数sign');
  if (!userid) throw new Refusal(codes.noUser, '缺少参数userid');
  if (!timestamp) throw new Refusal(codes.noTime, '缺少参数timestamp');
  if (!(Math.abs(clockOf(platform, strike) / 1000 - Number(timestamp)) <= toleratedSkewSeconds)) {
    throw new Refusal(codes.wrongTime, '时间戳已过期');
  }
  const merchant = platform.merchant(Number(userid));
  const key = keyOf(keys, Number(userid), strike);
  if (!merchant || key === undefined) throw new Refusal(codes.noSuchUser, '商户不存在');
  if (sign !== signatureOf(parameters!, key)) throw new Refusal(codes.wrongSign, '签名错误');
  if (merchant.banned) throw new Refusal(codes.banned, '账户已被禁用');
  return merchant;
}
