import {sleep, type Clock} from '../clock.ts';
import {parseJson} from '../parse-json.ts';
import {htmlAnswer} from '../html-answer.ts';
import type {FaultBox, Strike} from '../faults/fault-box.ts';
import {keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import type {Platform} from '../platform/platform.ts';
import {goodCodeOf} from '../platform/items.ts';
import type {GiftCardCall} from './gift-card-call.ts';
import * as orders from './orders.ts';
import {noSuchPath, Problem, problemResponse} from './problem.ts';
import * as read from './reads.ts';
import {TokenDesk} from './tokens.ts';

export interface GiftCardOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** Client secrets by the merchant's id, which is the client id. */
  readonly keys: ReadonlyMap<number, string>;
  readonly commitDelayMs: () => number;
}

/** Where the protocol lives on the sandbox, its tokens included. */
export const giftCardPath = /^\/(?:oauth\/token|products|orders|reports\/transactions|accounts\/balance)(?:\/|$)/;

type Endpoint = (call: GiftCardCall, id: string) => unknown;

/** The name is what faults are armed for. */
const endpoints: readonly (readonly [method: string, path: RegExp, name: string, endpoint: Endpoint])[] = [
  ['GET', /^\/accounts\/balance$/, 'balance', read.balance],
  ['GET', /^\/products$/, 'products', read.products],
  ['GET', /^\/products\/(\d{1,15})$/, 'product', read.product],
  ['POST', /^\/orders$/, 'trade', orders.createOrder],
  ['GET', /^\/orders\/transactions\/([^/]+)\/cards$/, 'cards', orders.readCards],
  ['GET', /^\/reports\/transactions$/, 'report', orders.report],
  ['GET', /^\/reports\/transactions\/([^/]+)$/, 'query', orders.readTransaction],
];

/** Endpoint names faults can be armed for on this protocol. */
export const giftCardEndpoints: readonly string[] = ['token', ...endpoints.map(([, , name]) => name)];

/** Reloadly's gift cards, as shops see them. */
export function createGiftCardHandler(options: GiftCardOptions): (request: Request) => Promise<Response> {
  const {platform, clock} = options;
  const desk = new TokenDesk(() => clock.now());
  return async request => {
    const {pathname, searchParams, origin} = new URL(request.url);
    const body = await request.text();
    const refused = (error: unknown): Response => {
      if (error instanceof Problem) return problemResponse(error, request, clock.now());
      throw error;
    };
    if (pathname === '/oauth/token' && request.method === 'POST') {
      return underFaults({...options, endpoint: 'token', page}, strike => {
        try {
          return Response.json(desk.give(parseJson(body), origin, clientId => keyOf(options.keys, clientId, strike)));
        } catch (error) {
          return refused(error);
        }
      });
    }
    const found = endpoints.find(([method, pattern]) => method === request.method && pattern.test(pathname));
    if (!found) return noSuchPath(request, clock.now());
    const [, pattern, name, endpoint] = found;
    const goodCode = goodAskedFor(platform, parseJson(body));
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const merchantId = authenticate(options, desk.holder(request), strike);
        moveTheWorld(platform, strike, merchantId, goodCode);
        const merchant = platform.merchant(merchantId)!;
        const call: GiftCardCall = {
          platform,
          merchant,
          group: platform.group(merchant.groupId),
          query: searchParams,
          origin,
          strike,
          json: () => parseJson(body),
          beforeCommit: () => sleep(clock, options.commitDelayMs()),
        };
        const answer = await endpoint(call, pattern.exec(pathname)?.[1] ?? '');
        return answer instanceof Response ? answer : Response.json(answer);
      } catch (error) {
        return refused(error);
      }
    });
  };
}

/** @throws {Problem} */
function authenticate({platform, keys}: GiftCardOptions, holder: number | undefined, strike: Strike): number {
  const merchant = holder === undefined ? undefined : platform.merchant(holder);
  // Tokens are worth what the key is that they were given for.
  const isRight = merchant && keyOf(keys, merchant.id, strike) === keys.get(merchant.id);
  if (isRight && !merchant.banned) return merchant.id;
  throw new Problem(401, 'Full authentication is required to access this resource', 'INVALID_TOKEN');
}

/** Which good a purchase is about, for faults that wait for one. */
function goodAskedFor(platform: Platform, body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('productId' in body)) return undefined;
  return goodCodeOf(platform, Number(body.productId));
}

/** What stands before the service answers while the service is down. */
function page(): Response {
  return htmlAnswer('<!doctype html><html><head><title>Bad Gateway</title></head><body>Bad Gateway</body></html>', 502);
}
