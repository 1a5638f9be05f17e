import {sleep, type Clock} from '../clock.ts';
import {parseJson} from '../parse-json.ts';
import {htmlAnswer} from '../html-answer.ts';
import type {FaultBox, Strike} from '../faults/fault-box.ts';
import {keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import type {Merchant} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import {goodCodeOf} from '../platform/items.ts';
import type {EsaCall} from './esa-call.ts';
import * as orders from './orders.ts';
import {Problem, problemResponse} from './problem.ts';
import {kinguinIdOf} from './product-rows.ts';
import * as read from './reads.ts';

export interface EsaOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** API keys by the merchant's id. */
  readonly keys: ReadonlyMap<number, string>;
  readonly commitDelayMs: () => number;
}

/** Where the protocol lives on the sandbox. */
export const esaPath = '/esa/api/';

type Endpoint = (call: EsaCall, id: string) => unknown;

/** The name is what faults are armed for. */
const endpoints: readonly (readonly [method: string, path: RegExp, name: string, endpoint: Endpoint])[] = [
  ['GET', /^v1\/balance$/, 'balance', read.balance],
  ['GET', /^v1\/platforms$/, 'platforms', read.platforms],
  ['GET', /^v1\/products$/, 'products', read.products],
  ['GET', /^v1\/products\/([^/]+)$/, 'product', read.productV1],
  ['GET', /^v2\/products\/([^/]+)$/, 'product', read.productV2],
  ['POST', /^v1\/order$/, 'trade', orders.createOrderV1],
  ['POST', /^v2\/order$/, 'trade', orders.createOrderV2],
  ['GET', /^v1\/order$/, 'orders', orders.searchOrders],
  ['GET', /^v1\/order\/([^/]+)$/, 'query', orders.readOrder],
  ['GET', /^v2\/order\/([^/]+)\/keys$/, 'keys', orders.downloadKeys],
  ['POST', /^v2\/order\/([^/]+)\/keys\/return$/, 'return', orders.returnKeys],
];

/** Endpoint names faults can be armed for on this protocol. */
export const esaEndpoints: readonly string[] = [...new Set(endpoints.map(([, , name]) => name))];

/** Kinguin's e-commerce API, both versions, as stores see it. The platform's numbers are euros here, and its keys texts. */
export function createEsaHandler(options: EsaOptions): (request: Request) => Promise<Response> {
  const {platform, clock} = options;
  return async request => {
    const path = new URL(request.url).pathname.slice(esaPath.length);
    const found = endpoints.find(([method, pattern]) => method === request.method && pattern.test(path));
    if (!found) return problemResponse(new Problem('Http', 'Not found.'), request, clock.now());
    const [, pattern, name, endpoint] = found;
    const body = await request.text();
    const goodCode = goodAskedFor(platform, parseJson(body));
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const merchant = authenticate(options, request, strike);
        moveTheWorld(platform, strike, merchant.id, goodCode);
        const {searchParams, origin} = new URL(request.url);
        const call: EsaCall = {
          platform,
          merchant: platform.merchant(merchant.id)!,
          group: platform.group(merchant.groupId),
          query: searchParams,
          origin,
          strike,
          json: () => parseJson(body),
          beforeCommit: () => sleep(clock, options.commitDelayMs()),
        };
        const answer = await endpoint(call, pattern.exec(path)?.[1] ?? '');
        return Response.json(answer, {status: name === 'trade' ? 201 : 200});
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return problemResponse(error, request, clock.now());
      }
    });
  };
}

/** @throws {Problem} */
function authenticate({platform, keys}: EsaOptions, request: Request, strike: Strike): Merchant {
  const key = request.headers.get('x-api-key');
  const [id] = [...keys].find(([merchantId]) => keyOf(keys, merchantId, strike) === key) ?? [];
  const merchant = id === undefined ? undefined : platform.merchant(id);
  if (!merchant || merchant.banned) throw new Problem('Authorization', 'Invalid authentication data.');
  return merchant;
}

/** Which good a purchase is about, for faults that wait for one. */
function goodAskedFor(platform: Platform, body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('products' in body) || !Array.isArray(body.products)) return;
  const [first] = body.products as readonly {readonly kinguinId?: number; readonly productId?: string}[];
  const number = first?.kinguinId ?? kinguinIdOf(String(first?.productId));
  return goodCodeOf(platform, number);
}

/** What stands before the gateway answers while the gateway is down. */
function page(): Response {
  return htmlAnswer('<!doctype html><html><head><title>Maintenance</title></head><body>Back soon</body></html>', 503);
}
