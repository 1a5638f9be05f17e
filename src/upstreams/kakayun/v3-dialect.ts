import {createPace, type Allowance, type Pace, type PaceClock} from '../call-pace.ts';
import {readRefusal, systemError, tooFrequent} from './refusals.ts';
import {phpJson, sign, signedMembers} from './sign.ts';
import type {Dialect} from './transport.ts';

const seconds = 1000;

/** How often an account may ask what, by the vendor's table. A purchase has no limit there. */
const allowances: Readonly<Record<string, Allowance>> = {
  'order/get': {calls: 180, perMs: 60 * seconds},
  'order/cancelOrder': {calls: 60, perMs: 60 * seconds},
  'goods/group': {calls: 1, perMs: 2 * seconds},
  'goods/all': {calls: 1, perMs: 5 * seconds},
  'goods/details': {calls: 1, perMs: 2 * seconds},
  'goods/detailslite': {calls: 1, perMs: seconds},
  'goods/tpl': {calls: 30, perMs: 60 * seconds},
  'user/info': {calls: 60, perMs: 60 * seconds},
};

export const purchasePath = 'order/create';

export interface V3DialectOptions {
  readonly origin: string;
  readonly dockOrigin: string;
  readonly userId: string;
  readonly key: string;
  readonly clock: PaceClock;
}

/** Version 3: everything is in a JSON body, and only the purchase lives on the platform's own host. */
export function createV3Dialect({origin, dockOrigin, userId, key, clock}: V3DialectOptions): Dialect {
  const paces: Readonly<Record<string, Pace>> = Object.fromEntries(
    Object.entries(allowances).map(([path, allowance]) => [path, createPace(allowance, clock)]),
  );
  return {
    request(path, members) {
      const unsigned = phpJson({userid: userId, timestamp: Math.floor(clock.now() / 1000), ...members});
      const signature = sign(signedMembers(unsigned)!, key);
      return {
        url: `${path === purchasePath ? origin : dockOrigin}/dockapiv3/${path}`,
        contentType: 'application/json;charset=utf-8',
        body: `${unsigned.slice(0, -1)},"sign":"${signature}"}`,
      };
    },
    isRefusal: code => code !== systemError,
    readRefusal,
    // Others of the account's may have used up what there is: after the time of the vendor's table there is some again.
    restMs: (path, code) => (code === tooFrequent ? (allowances[path]?.perMs ?? 60 * seconds) : undefined),
    paces,
  };
}
