import {sleep, type Clock} from '../clock.ts';
import type {FaultBox, Strike} from '../faults/fault-box.ts';
import {keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import type {Platform} from '../platform/platform.ts';
import {firewallText, isDisliked} from './firewall.ts';
import {htmlPage} from './html-page.ts';
import {readForm, toInteger, toText, type PhpArray} from './php-form.ts';
import * as read from './read-endpoints.ts';
import {Crash, Refusal} from './refusal.ts';
import type {ShopAnswer, ShopCall} from './shop-call.ts';
import {signatureOf} from './signature.ts';
import {picture} from './static-files.ts';
import {trade} from './trade.ts';

export interface ShopHandlerOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** Keys of the merchants by their id; a merchant without a key cannot sign. */
  readonly keys: ReadonlyMap<number, string>;
  readonly shopName: string;
  /** Time between the checks of a purchase and its transaction: above 0, parallel purchases can oversell. */
  readonly commitDelayMs: () => number;
}

type Endpoint = (call: ShopCall) => ShopAnswer | Promise<ShopAnswer>;

/** By lower-cased path; the name is what faults are armed for. */
const endpoints: Readonly<Record<string, readonly [name: string, endpoint: Endpoint]>> = {
  'authentication/connect': ['connect', read.connect],
  'commodity/items': ['items', read.items],
  'commodity/item': ['item', read.item],
  'commodity/inventory': ['inventory', read.inventory],
  'commodity/inventorystate': ['inventoryState', read.inventoryState],
  'commodity/stock': ['stock', read.stock],
  'commodity/valuation': ['valuation', read.valuation],
  'commodity/draftcard': ['draftCard', read.draftCard],
  'commodity/draft': ['draft', read.draft],
  'commodity/trade': ['trade', trade],
  'commodity/query': ['query', read.query],
};

/** Endpoint names faults can be armed for on this protocol. */
export const shopEndpoints: readonly string[] = [...Object.values(endpoints).map(([name]) => name), 'picture'];

/**
 * An acg-faka 3.6.0 shop as other shops see it: HTTP 200 whatever happens, JSON or an HTML page.
 * @throws {ConnectionDropped} (as a rejection) where an armed fault cuts the connection.
 */
export function createShopHandler(options: ShopHandlerOptions): (request: Request) => Promise<Response> {
  return async request => {
    const {pathname} = new URL(request.url);
    if (!pathname.toLowerCase().startsWith('/shared/'))
      return underFaults({...options, endpoint: 'picture', page: htmlPage}, () => picture(options.platform, pathname));
    const known =
      endpoints[
        pathname
          .toLowerCase()
          .replace(/^\/shared\//, '')
          .replace(/\/$/, '')
      ];
    if (!known) return htmlPage();
    const [name, endpoint] = known;
    const fields = await readForm(request);
    const goodCode = ['shared_code', 'sharedCode', 'code']
      .map(field => toText(fields.get(field)))
      .find(text => text !== '');
    const call = {...options, endpoint: name, goodCode, page: htmlPage};
    return underFaults(call, strike => answer(options, request, fields, strike, endpoint));
  };
}

async function answer(
  options: ShopHandlerOptions,
  request: Request,
  fields: PhpArray,
  strike: Strike,
  endpoint: Endpoint,
): Promise<Response> {
  try {
    const call = openCall(options, request, fields, strike);
    const {msg, data} = await endpoint(call);
    return json(msg === undefined ? {code: 200, data} : {code: 200, msg, data});
  } catch (error) {
    if (error instanceof Refusal) return json({code: 0, msg: error.message});
    if (error instanceof Crash) return htmlPage();
    throw error;
  }
}

/** @throws {Refusal} when the firewall, the merchant id or the sign stand against it. */
function openCall(options: ShopHandlerOptions, request: Request, fields: PhpArray, strike: Strike): ShopCall {
  const {platform} = options;
  if ([...fields.values()].some(isDisliked)) throw new Refusal(firewallText);
  const appId = fields.get('app_id');
  const merchantId = typeof appId === 'string' ? toInteger(appId) : 0;
  const key = keyOf(options.keys, merchantId, strike);
  if (!platform.merchant(merchantId) || key === undefined) throw new Refusal('商户ID不存在');
  if (fields.get('sign') !== signatureOf(fields, key)) throw new Refusal('密钥错误');
  moveTheWorld(platform, strike, merchantId, toText(fields.get('shared_code')) || toText(fields.get('code')));
  const url = new URL(request.url);
  const merchant = platform.merchant(merchantId)!;
  return {
    platform,
    merchant,
    group: platform.group(merchant.groupId),
    fields,
    query: url.searchParams,
    origin: url.origin,
    shopName: options.shopName,
    strike,
    beforeCommit: () => sleep(options.clock, options.commitDelayMs()),
  };
}

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), {headers: {'content-type': 'application/json;charset=utf-8'}});
}
