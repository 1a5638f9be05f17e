import type {Random} from '../random.ts';

const shanghaiOffset = 8 * 3_600_000;

/** `YYYY-MM-DD HH:MM:SS` on the platform's clock (Asia/Shanghai, which has no summer time). */
export function shanghaiTime(at: number): string {
  return new Date(at + shanghaiOffset).toISOString().slice(0, 19).replace('T', ' ');
}

/** `YYYY-MM` on the platform's clock: the calendar month that sales are counted in. */
export function shanghaiMonth(at: number): string {
  const then = new Date(at + shanghaiOffset);
  return `${then.getUTCFullYear()}-${String(then.getUTCMonth() + 1).padStart(2, '0')}`;
}

export function monthBefore(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

/** 18 digits: three random, the second of the sale in Shanghai as `yymmddHHMMSS`, three random. */
export function tradeNumber(at: number, random: Random): string {
  const second = shanghaiTime(at).replace(/\D/g, '').slice(2);
  return `${random.integer(100, 999)}${second}${random.integer(100, 999)}`;
}
