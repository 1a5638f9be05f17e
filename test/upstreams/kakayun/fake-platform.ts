import {createKakayunV2, createKakayunV3} from '../../../src/upstreams/kakayun/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

type Told = object | (() => Response);

export interface Sent {
  readonly url: string;
  readonly path: string;
  readonly body: string;
  /** Of a JSON body. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** Adapters against a platform that answers as told, by path; a list is told one after the other, its last for ever. */
export function platformWith(answers: Readonly<Record<string, Told | readonly Told[]>>) {
  const sent: Sent[] = [];
  const told = new Map<string, number>();
  let time = Date.UTC(2026, 0, 1);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input);
    const path = new URL(url).pathname.replace(/^\/dockapi(?:v3)?\//, '');
    const body = String(init?.body);
    sent.push({
      url,
      path,
      body,
      members: body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)),
    });
    const all: readonly Told[] = [answers[path] ?? noOrder].flat();
    const count = told.get(path) ?? 0;
    told.set(path, count + 1);
    const answer = all[Math.min(count, all.length - 1)]!;
    return answer instanceof Function ? answer() : Response.json(answer);
  };
  const options = {
    url: 'https://platform.example',
    userId: '10001',
    key: 'the-secret-key',
    fetch,
    clock: {now: () => time, pause: async (milliseconds: number) => void (time += milliseconds)},
  };
  return {
    sent,
    paths: () => sent.map(({path}) => path),
    v3: createKakayunV3({...options, dockUrl: 'https://dock.example'}),
    v2: createKakayunV2(options),
    passTime: (milliseconds: number) => void (time += milliseconds),
    now: () => time,
  };
}

export const refusal = (code: number, msg = `code ${code}`) => ({code, msg, data: ''});
export const noOrder = refusal(1301, '订单不存在');
export const placed = {code: 1, msg: '提交成功', data: {orderno: 'SD1', usorderno: 'a1b2c3d4e5f6g7h8j9k'}};

export const order = (overrides: object = {}) => ({
  code: 1,
  msg: 'ok',
  data: {
    orderno: 'SD1',
    usorderno: 'a1b2c3d4e5f6g7h8j9k',
    money: '18.0000',
    buynum: 2,
    status: 5,
    refundmoney: '0.0000',
    refundstatus: 0,
    receipt: '',
    refundreceipt: '',
    cardlist: [],
    cards: [],
    ...overrides,
  },
});

export const request = (overrides: Partial<BuyRequest> = {}): BuyRequest => ({
  reference: 'a1b2c3d4e5f6g7h8j9k',
  offer: {code: '720938', choices: {}, nested: false},
  quantity: 2,
  fields: {},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
  ...overrides,
});
