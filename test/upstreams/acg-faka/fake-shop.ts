import {createHash} from 'node:crypto';
import {createAcgFaka, type AcgFaka, type AcgFakaOptions} from '../../../src/upstreams/acg-faka/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

/** What a shop answers one endpoint with, given the decoded form of the call. */
export type Behaviour = (form: ReadonlyMap<string, string>, signal: AbortSignal) => Response | Promise<Response>;

export interface ShopCall {
  readonly endpoint: string;
  readonly body: string;
  readonly form: ReadonlyMap<string, string>;
}

export const origin = 'https://shop.example';
export const appKey = '0123456789ABCDEF';
export const patient = new AbortController().signal;

export const success = (data: unknown, more: object = {msg: 'success'}) => Response.json({code: 200, ...more, data});
export const refusal = (msg: string) => Response.json({code: 0, msg});
/** The page for an unknown path and for every crash. */
export const page = () =>
  new Response(`<!doctype html><title>404</title>${' '.repeat(11_000)}`, {
    headers: {'content-type': 'text/html; charset=UTF-8'},
  });
export const raw = (
  text: string,
  headers: Record<string, string> = {'content-type': 'application/json;charset=utf-8'},
) => new Response(text, {headers});

/** An adapter against a shop that behaves as told, endpoint by endpoint; anything else is its page. Records all calls. */
export function shopWith(
  behaviours: Readonly<Record<string, Behaviour>>,
  options: Partial<AcgFakaOptions> = {},
): {shop: AcgFaka; calls: ShopCall[]} {
  const calls: ShopCall[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = String(input);
    const endpoint = url.replace(`${origin}/shared/`, '');
    const body = typeof init.body === 'string' ? init.body : '';
    const form = new Map(new URLSearchParams(body));
    calls.push({endpoint, body, form});
    const behaviour = behaviours[endpoint] ?? page;
    return behaviour(form, init.signal!);
  };
  const shop = createAcgFaka({url: origin, appId: '1000', appKey, fetch, clock: {now: () => 1_000_000}, ...options});
  return {shop, calls};
}

/** Signs what arrived the way the shop does, for fields without numeric names. */
export function expectedSign(form: ReadonlyMap<string, string>): string {
  const top = (name: string) => name.replace(/\[.*/, '');
  const text = [...form]
    .filter(([name, value]) => name !== 'sign' && (value !== '' || name.includes('[')))
    .sort(([left], [right]) => Buffer.compare(Buffer.from(top(left)), Buffer.from(top(right))))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHash('md5').update(`${text}&key=${appKey}`).digest('hex');
}

export function purchaseOf(overrides: Partial<BuyRequest> = {}): BuyRequest {
  return {
    reference: 'A123456789012345678',
    offer: {code: 'PLAIN00000000001', choices: {}, nested: false},
    quantity: 1,
    fields: {},
    contact: 'buyer@example.com',
    password: 'q7Zr0pW2',
    delivery: 'automatic',
    ...overrides,
  };
}

/** The data of a successful trade. */
export function saleOf(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    url: `${origin}/user/personal/purchaseRecord?tradeNo=128261123102000328`,
    amount: 9,
    tradeNo: '128261123102000328',
    secret: 'STEAM-0021-AAAA-BBBB',
    leave_message: null,
    stock: '39',
    ...overrides,
  };
}
