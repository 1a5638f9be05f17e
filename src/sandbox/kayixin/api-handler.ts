import {sleep, type Clock} from '../clock.ts';
import {parseObject} from '../parse-json.ts';
import {htmlAnswer} from '../html-answer.ts';
import type {FaultBox, Strike} from '../faults/fault-box.ts';
import {keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import type {Merchant} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import type {ApiCall} from './api-call.ts';
import {create, detail as orderDetail, refunds} from './orders.ts';
import {account, detail, dirs, list} from './reads.ts';
import {Refusal} from './refusal.ts';
import {signatureOf, version} from './signature.ts';

export interface ApiOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** Secrets by the merchant's id, which is the app id. */
  readonly secrets: ReadonlyMap<number, string>;
  readonly commitDelayMs: () => number;
}

/** Where the protocol lives on the sandbox. */
export const apiPath = '/api/v3/';

type Endpoint = (call: ApiCall) => unknown;

/** The name is what faults are armed for. */
const endpoints: Readonly<Record<string, readonly [name: string, message: string, endpoint: Endpoint]>> = {
  'user/getAccount': ['user', 'success', account],
  'goods/getDirs': ['categories', 'success', dirs],
  'goods/getList': ['items', 'success', list],
  'goods/getDetail': ['item', 'success', detail],
  'order/create': ['trade', '购买成功', create],
  'order/getDetail': ['query', 'success', orderDetail],
  'order/refunds': ['cancel', 'success', refunds],
};

/** Endpoint names faults can be armed for on this protocol. */
export const kayixinEndpoints: readonly string[] = Object.values(endpoints).map(([name]) => name);

/** A 卡易信 platform's customer API 3.0. Whatever happened, the status is 200. */
export function createKayixinHandler(options: ApiOptions): (request: Request) => Promise<Response> {
  return async request => {
    const found = endpoints[new URL(request.url).pathname.slice(apiPath.length)];
    if (!found || request.method !== 'POST') return page();
    const [name, message, endpoint] = found;
    const text = await request.text();
    const body = parseObject(text === '' ? '{}' : text);
    const goodCode = options.platform.goodById(Number(body?.['goodsId']))?.code;
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const {id, groupId} = authenticate(options, request, text, strike);
        if (!body) throw new Refusal('failed', '参数错误');
        moveTheWorld(options.platform, strike, id, goodCode);
        const data = await endpoint({
          platform: options.platform,
          merchant: options.platform.merchant(id)!,
          group: options.platform.group(groupId),
          origin: new URL(request.url).origin,
          strike,
          body,
          beforeCommit: () => sleep(options.clock, options.commitDelayMs()),
        });
        return Response.json({code: 1000, msg: message, data});
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return Response.json({code: error.code, msg: error.message});
      }
    });
  };
}

/**
 * Time comes in seconds, and from some in milliseconds.
 * @throws {Refusal}
 */
function authenticate({platform, secrets}: ApiOptions, request: Request, body: string, strike: Strike): Merchant {
  const [appId = '', timestamp = '', signature] = ['app-id', 'timestamp', 'signature'].map(
    name => request.headers.get(`x-${name}`) ?? '',
  );
  if (request.headers.get('x-version') !== version) throw new Refusal('credentials', '版本错误');
  if (!/^\d{10}(?:\d{3})?$/.test(timestamp)) throw new Refusal('credentials', '时间戳错误');
  const merchant = platform.merchant(Number(appId));
  const secret = keyOf(secrets, Number(appId), strike);
  if (!merchant || secret === undefined) throw new Refusal('credentials', '客户不存在');
  if (signature !== signatureOf({timestamp, body}, {appId, secret})) throw new Refusal('credentials', '签名错误');
  if (merchant.banned) throw new Refusal('failed', '账户已被禁用');
  return merchant;
}

/** What the web server answers for a path it does not know, and while the platform behind it is down. */
function page(): Response {
  return htmlAnswer('<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>');
}
