import {phpJson, sign} from './sign.ts';
import type {Dialect} from './transport.ts';

/** The only code by which old versions say no. */
export const refused = '-1';

/** Versions 1 and 2: a form, without a time. */
export function createV2Dialect(origin: string, userId: string, key: string): Dialect {
  return {
    request(path, members) {
      const fields = Object.fromEntries(
        Object.entries({userid: userId, ...members}).map(([name, value]) => [
          name,
          typeof value === 'object' ? phpJson(value) : String(value),
        ]),
      );
      return {
        url: `${origin}/dockapi/${path}`,
        contentType: 'application/x-www-form-urlencoded',
        body: new URLSearchParams({...fields, sign: sign(fields, key)}).toString(),
      };
    },
    isRefusal: code => code === refused,
    readRefusal: () => 'refused',
  };
}
