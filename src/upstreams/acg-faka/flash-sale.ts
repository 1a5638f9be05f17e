/** A good that is sold in a window of time only (抢购): `trade` refuses it before and after, everything else does not. */
export interface FlashSale {
  readonly seckill_status: boolean;
  readonly seckill_start_time: string;
  readonly seckill_end_time: string;
}

/** Why the good cannot be bought at `now`, in epoch milliseconds; `undefined` when it can, or the window is unreadable. */
export function outsideFlashSale(sale: FlashSale, now: number): string | undefined {
  if (!sale.seckill_status) return undefined;
  const second = Math.floor(now / 1000) * 1000;
  const start = shanghaiTime(sale.seckill_start_time);
  const end = shanghaiTime(sale.seckill_end_time);
  if (start !== undefined && second < start) return `Its flash sale begins at ${sale.seckill_start_time}.`;
  if (end !== undefined && second > end) return `Its flash sale ended at ${sale.seckill_end_time}.`;
  return undefined;
}

/** The platform writes the wall clock of Asia/Shanghai, which knows no summer time. */
function shanghaiTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const at = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at) ? undefined : at;
}
