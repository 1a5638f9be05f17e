import {parse, serialize} from 'hono/utils/cookie';

/*
 * The way back from a payment leaves its code for the frame in a cookie of the shop server's own: pages of other origins
 * can neither read it nor have it sent.
 */

const name = 'keystall-return';
const path = '/v1/orders/return';

/** @param address the server's own */
export function returnCookie(address: string, code: string): string {
  const secure = address.startsWith('https:');
  return serialize(name, code, {path, httpOnly: true, secure, sameSite: 'Lax', maxAge: 3600});
}

/** What the cookie of a request says, where a page of this server sent it; else a text that is no code. */
export function returnCodeOf({headers}: Request, address: string): string {
  if (headers.get('Origin') !== address) return '';
  return parse(headers.get('Cookie') ?? '', name)[name] ?? '';
}
