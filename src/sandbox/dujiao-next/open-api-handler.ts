import {sleep, type Clock} from '../clock.ts';
import {parseJson} from '../parse-json.ts';
import {htmlAnswer} from '../html-answer.ts';
import type {FaultBox, Strike} from '../faults/fault-box.ts';
import {clockOf, keyOf, moveTheWorld, underFaults} from '../faults/under-faults.ts';
import type {Merchant} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import type {OpenApiCall} from './open-api-call.ts';
import {cancelOrder, createOrder, readOrder} from './orders.ts';
import * as read from './reads.ts';
import {Refusal} from './refusal.ts';
import {signatureOf} from './signature.ts';
import {goodIdOf} from '../platform/skus.ts';

export interface OpenApiOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** API secrets by the merchant's id, which is the API key. */
  readonly secrets: ReadonlyMap<number, string>;
  readonly siteName: string;
  readonly commitDelayMs: () => number;
  readonly expectCallback: OpenApiCall['expectCallback'];
}

/** Where the protocol lives on the sandbox. */
export const openApiPath = '/api/v1/upstream/';

const toleratedSkewSeconds = 60;

type Endpoint = (call: OpenApiCall, id: string) => unknown;

/** The name is what faults are armed for. */
const endpoints: readonly (readonly [method: string, path: RegExp, name: string, endpoint: Endpoint])[] = [
  ['POST', /^ping$/, 'ping', read.ping],
  ['GET', /^categories$/, 'categories', read.categories],
  ['GET', /^products$/, 'products', read.products],
  ['GET', /^products\/([^/]+)$/, 'product', read.product],
  ['POST', /^orders$/, 'trade', createOrder],
  ['GET', /^orders\/([^/]+)$/, 'query', readOrder],
  ['POST', /^orders\/([^/]+)\/cancel$/, 'cancel', cancelOrder],
];

/** Endpoint names faults can be armed for on this protocol. */
export const openApiEndpoints: readonly string[] = [...endpoints.map(([, , name]) => name), 'callback'];

/** A dujiao-next shop's open API, version 1.0, as other shops see it. */
export function createOpenApiHandler(options: OpenApiOptions): (request: Request) => Promise<Response> {
  return async request => {
    const path = new URL(request.url).pathname.slice(openApiPath.length);
    const found = endpoints.find(([method, pattern]) => method === request.method && pattern.test(path));
    if (!found) return page();
    const [, pattern, name, endpoint] = found;
    const body = new Uint8Array(await request.arrayBuffer());
    const goodCode = goodCodeOf(options.platform, parseJson(new TextDecoder().decode(body)));
    return underFaults({...options, endpoint: name, goodCode, page}, async strike => {
      try {
        const call = openCall(options, request, body, strike, goodCode);
        return Response.json(await endpoint(call, pattern.exec(path)?.[1] ?? ''));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return Response.json({ok: false, error_code: error.code, error_message: error.message}, {status: error.status});
      }
    });
  };
}

function openCall(
  options: OpenApiOptions,
  request: Request,
  body: Uint8Array<ArrayBuffer>,
  strike: Strike,
  goodCode: string | undefined,
): OpenApiCall {
  const {platform} = options;
  const {id} = authenticate(options, request, body, strike);
  moveTheWorld(platform, strike, id, goodCode);
  const url = new URL(request.url);
  const merchant = platform.merchant(id)!;
  return {
    platform,
    merchant,
    group: platform.group(merchant.groupId),
    query: url.searchParams,
    origin: url.origin,
    siteName: options.siteName,
    strike,
    json: () => parseJson(new TextDecoder().decode(body)),
    expectCallback: options.expectCallback,
    beforeCommit: () => sleep(options.clock, options.commitDelayMs()),
  };
}

/** @throws {Refusal} */
function authenticate(
  {platform, secrets}: OpenApiOptions,
  request: Request,
  body: Uint8Array<ArrayBuffer>,
  strike: Strike,
): Merchant {
  const [apiKey, timestamp, signature] = ['api-key', 'timestamp', 'signature'].map(name =>
    request.headers.get(`dujiao-next-${name}`),
  );
  if (!apiKey || !timestamp || !signature) throw new Refusal('missing_auth_headers', 'missing auth headers');
  if (!/^\d{1,12}$/.test(timestamp)) throw new Refusal('invalid_timestamp', 'invalid timestamp');
  if (Math.abs(clockOf(platform, strike) / 1000 - Number(timestamp)) > toleratedSkewSeconds) {
    throw new Refusal('timestamp_expired', 'timestamp expired');
  }
  const merchant = platform.merchant(Number(apiKey));
  const secret = keyOf(secrets, Number(apiKey), strike);
  if (!merchant || secret === undefined) throw new Refusal('invalid_api_key', 'invalid api key');
  const path = new URL(request.url).pathname;
  if (signature !== signatureOf({method: request.method, path, timestamp, body}, secret)) {
    throw new Refusal('invalid_signature', 'invalid signature');
  }
  if (merchant.banned) throw new Refusal('user_disabled', 'user disabled');
  return merchant;
}

/** Which good a purchase is about, for faults that wait for one. */
function goodCodeOf(platform: Platform, body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('sku_id' in body)) return undefined;
  return platform.goodById(goodIdOf(Number(body.sku_id)))?.code;
}

/** What the shop's front answers for a path it does not know, and while the shop behind it is down. */
function page(): Response {
  return htmlAnswer('<!doctype html><html><head><title>Not Found</title></head><body>Not Found</body></html>');
}
