import {codes, Refusal} from './refusal.ts';

const second = 1000;
const minute = 60 * second;

/** How often one merchant may call what. A purchase has no limit. */
const limits: Readonly<Record<string, readonly [calls: number, perMs: number]>> = {
  'order/get': [180, minute],
  'order/cancelOrder': [60, minute],
  'goods/group': [1, 2 * second],
  'goods/all': [1, 5 * second],
  'goods/details': [1, 2 * second],
  'goods/detailslite': [1, second],
  'goods/tpl': [30, minute],
  'user/info': [60, minute],
};

/** Refuses calls that come too often. @throws {Refusal} */
export type RateLimits = (merchantId: number, path: string, now: number) => void;

export function createRateLimits(): RateLimits {
  const calls = new Map<string, number[]>();
  return (merchantId, path, now) => {
    const limit = limits[path];
    if (!limit) return;
    const [most, perMs] = limit;
    const recent = (calls.get(`${merchantId} ${path}`) ?? []).filter(at => at > now - perMs);
    if (recent.length >= most) throw new Refusal(codes.tooFrequent, '请求过于频繁，请稍后再试');
    calls.set(`${merchantId} ${path}`, [...recent, now]);
  };
}
