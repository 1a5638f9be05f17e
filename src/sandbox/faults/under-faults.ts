import {sleep, type Clock} from '../clock.ts';
import {ConnectionDropped} from '../connection-dropped.ts';
import type {Platform} from '../platform/platform.ts';
import type {Sale} from '../platform/platform-order.ts';
import {yuan} from '../platform/wallets.ts';
import type {FaultBox, Strike} from './fault-box.ts';
import {spoiled} from './spoiled-answer.ts';

const defaultDelayMs = 5_000;
const defaultRaisePercent = 10;
const defaultSkewSeconds = 600;

/** One call of any protocol. Every skin calls its purchase `trade`, so that a fault means the same on all of them. */
export interface FaultyCall {
  readonly faults: FaultBox;
  readonly clock: Clock;
  readonly endpoint: string;
  /** The platform's code of the good the call is about. */
  readonly goodCode?: string | undefined;
  /** What this platform answers when it has crashed. */
  readonly page: () => Response;
}

/**
 * Wraps one call in what armed faults do to the connection.
 * @throws {ConnectionDropped} (as a rejection) where a fault cuts it.
 */
export async function underFaults(
  {faults, clock, endpoint, goodCode, page}: FaultyCall,
  work: (strike: Strike) => Response | Promise<Response>,
): Promise<Response> {
  const strike = faults.strike(endpoint, goodCode);
  if (strike.has('drop-before-commit')) throw new ConnectionDropped(endpoint);
  if (strike.has('html')) return page();
  const response = await work(strike);
  const slow = strike.get('slow');
  if (slow) await sleep(clock, slow.delayMs ?? defaultDelayMs);
  if (strike.has('commit-then-drop')) throw new ConnectionDropped(endpoint);
  return strike.has('bad-gateway-after-commit') ? badGatewayPage() : spoiled(response, strike, endpoint);
}

/** Faults that change the platform under the caller's feet. */
export function moveTheWorld(platform: Platform, strike: Strike, merchantId: number, goodCode?: string): void {
  const moved = strike.get('price-moved');
  if (moved && goodCode !== undefined && platform.good(goodCode)) {
    platform.raisePrices(goodCode, moved.percent ?? defaultRaisePercent);
  }
  const gone = strike.get('sold-elsewhere');
  if (gone && goodCode !== undefined && platform.good(goodCode)) platform.sellElsewhere(goodCode, gone.extra);
  const spent = strike.get('wallet-spent-elsewhere');
  if (spent) {
    const all = platform.merchant(merchantId)!.balance;
    platform.spendElsewhere(merchantId, spent.amount === undefined ? all : yuan(spent.amount));
  }
}

/** What time a struck platform takes it to be while it looks at a call's time stamp, epoch milliseconds. */
export function clockOf(platform: Platform, strike: Strike): number {
  const skewed = strike.get('clock-skew');
  return platform.now() + (skewed ? (skewed.seconds ?? defaultSkewSeconds) * 1000 : 0);
}

/** The key a struck platform has on file for an account: none that anybody can sign with. */
export function keyOf(keys: ReadonlyMap<number, string>, merchantId: number, strike: Strike): string | undefined {
  return keys.has(merchantId) && strike.has('key-refused') ? '\u0000' : keys.get(merchantId);
}

/** What a struck purchase hands over. */
export function handOver(strike: Strike): NonNullable<Sale['handOver']> {
  if (strike.has('oversold')) return 'apology';
  if (strike.has('placeholder')) return 'placeholder';
  if (strike.has('short-delivery')) return 'one_short';
  if (strike.has('extra-card')) return 'one_more';
  if (strike.has('refund-later')) return 'paid_back_later';
  return strike.has('empty-secret') ? 'nothing' : 'cards';
}

/** What a proxy in front of a platform sends when the platform did not answer it in time. */
function badGatewayPage(): Response {
  return new Response(
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
    {status: 502, headers: {'content-type': 'text/html'}},
  );
}
