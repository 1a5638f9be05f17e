import type {Random} from '../random.ts';

const shanghaiOffset = 8 * 3_600_000;

/** `YYYY-MM-DD HH:MM:SS` on the platform's clock (Asia/Shanghai, which has no summer time). */
export function shanghaiTime(at: number): string {
  return new Date(at + shanghaiOffset).toISOString().slice(0, 19).replace('T', ' ');
}

/** 18 digits: three random, the second of the sale in Shanghai as `yymmddHHMMSS`, three random. */
export function tradeNumber(at: number, random: Random): string {
  const second = shanghaiTime(at).replace(/\D/g, '').slice(2);
  return `${random.integer(100, 999)}${second}${random.integer(100, 999)}`;
}
