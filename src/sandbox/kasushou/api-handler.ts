import {sleep, type Clock} from '../clock.ts';
import {parseObject} from '../parse-json.ts';
import {htmlAnswer} from '../html-answer.ts';
import type {FaultBox, Strike} from '../faults/fault-box.ts';
import {keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import {goodCodeOf} from '../platform/items.ts';
import type {Merchant} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import type {ApiCall} from './api-call.ts';
import {buy, close, info} from './orders.ts';
import {categoryTree, goodsInfo, goodsList, userInfo} from './reads.ts';
import {Refusal} from './refusal.ts';
import {requestSignature} from './signature.ts';

export interface ApiOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** API keys by the merchant's id, which is the user id. */
  readonly keys: ReadonlyMap<number, string>;
  readonly commitDelayMs: () => number;
}

/** Where the protocol lives on the sandbox. */
export const apiPath = /^\/api\/v1\/(?:user|goods|order)\//;

type Endpoint = (call: ApiCall) => unknown;

/** The name is what faults are armed for. */
const endpoints: Readonly<Record<string, readonly [name: string, message: string, endpoint: Endpoint]>> = {
  'user/info': ['user', '成功', userInfo],
  'goods/cate': ['categories', '成功', categoryTree],
  'goods/list': ['items', '成功', goodsList],
  'goods/info': ['item', '成功', goodsInfo],
  'order/buy': ['trade', '下单成功', buy],
  'order/info': ['query', '成功', info],
  'order/close': ['cancel', '撤单成功', close],
};

/** Endpoint names faults can be armed for on this protocol. */
export const kasushouEndpoints: readonly string[] = Object.values(endpoints).map(([name]) => name);

/** A 卡速售 platform's merchant API as its customers see it. Whatever happened, the status is 200. */
export function createKasushouHandler(options: ApiOptions): (request: Request) => Promise<Response> {
  return async request => {
    const found = endpoints[new URL(request.url).pathname.replace('/api/v1/', '')];
    if (!found || request.method !== 'POST') return page();
    const [name, message, endpoint] = found;
    const body = parseObject(await request.text());
    const goodCode = goodCodeOf(options.platform, Number(body?.['id']));
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const {id, groupId} = authenticate(options, request, body, strike);
        moveTheWorld(options.platform, strike, id, goodCode);
        const data = await endpoint({
          platform: options.platform,
          merchant: options.platform.merchant(id)!,
          group: options.platform.group(groupId),
          origin: new URL(request.url).origin,
          strike,
          body: body!,
          beforeCommit: () => sleep(options.clock, options.commitDelayMs()),
        });
        return Response.json({code: 200, msg: message, ...(data !== undefined && {data})});
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return Response.json({code: 400, msg: error.message});
      }
    });
  };
}

/** @throws {Refusal} */
function authenticate(
  {platform, keys}: ApiOptions,
  request: Request,
  body: Readonly<Record<string, unknown>> | undefined,
  strike: Strike,
): Merchant {
  const [userId, timestamp, sign] = ['userid', 'timestamp', 'sign'].map(name => request.headers.get(name) ?? '');
  if (!body) throw new Refusal('参数错误');
  if (!/^\d{13}$/.test(timestamp!)) throw new Refusal('时间戳错误');
  const merchant = platform.merchant(Number(userId));
  const key = keyOf(keys, Number(userId), strike);
  if (!merchant || key === undefined) throw new Refusal('用户不存在');
  if (sign !== requestSignature(timestamp!, body, key)) throw new Refusal('签名错误');
  if (merchant.banned) throw new Refusal('账户已被禁用');
  return merchant;
}

/** What the web server answers for a path it does not know, and while the platform behind it is down. */
function page(): Response {
  return htmlAnswer('<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>');
}
