import {sleep, type Clock} from '../clock.ts';
import {htmlAnswer} from '../html-answer.ts';
import type {FaultBox} from '../faults/fault-box.ts';
import type {Platform} from '../platform/platform.ts';
import type {DockCall} from './dock-call.ts';

export interface DockOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** Keys by the merchant's id. */
  readonly keys: ReadonlyMap<number, string>;
  readonly commitDelayMs: () => number;
}

/** A request whose sender is known, as endpoints take it. */
export function openCall(
  {platform, clock, commitDelayMs}: DockOptions,
  request: Request,
  {merchantId, ...known}: {readonly merchantId: number} & Pick<DockCall, 'parameters' | 'strike'>,
): DockCall {
  const merchant = platform.merchant(merchantId)!;
  return {
    ...known,
    platform,
    merchant,
    group: platform.group(merchant.groupId),
    origin: new URL(request.url).origin,
    beforeCommit: () => sleep(clock, commitDelayMs()),
  };
}

/** What the web server answers for a path it does not know, and while the platform behind it is down. */
export function page(): Response {
  return htmlAnswer('<html><head><title>系统发生错误</title></head><body>:( 系统发生错误</body></html>');
}
