import {openShop, origin} from './shop.ts';
import type {Answer} from './answer.ts';

/** A shop with its steering wheel. */
export function openControl() {
  const shop = openShop();
  const ask = async (
    method: string,
    path: string,
    body: BodyInit | undefined,
    token = 'control-token',
  ): Promise<{readonly status: number; readonly body: Answer}> => {
    const init = {
      method,
      headers: {authorization: `Bearer ${token}`},
      ...(body !== undefined && {body, duplex: 'half'}),
    };
    const response = await shop.sandbox.fetch(new Request(`${origin}/control${path}`, init));
    const text = await response.text();
    return {status: response.status, body: text === '' ? undefined : JSON.parse(text)};
  };
  return {
    ...shop,
    send: (method: string, path: string, body?: unknown, token?: string) =>
      ask(method, path, body === undefined ? undefined : JSON.stringify(body), token),
    upload: (path: string, body: BodyInit) => ask('POST', path, body),
  };
}
