import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {maximumBodyBytes} from '../../../src/server/routes/input.ts';
import {operations} from '../../support/contract-check.ts';
import {consoleToken, json, openShop, pageOrigin, problem, shopAddress, type Call} from '../../support/shop-server.ts';

const allowedOrigin = 'Access-Control-Allow-Origin';

describe('pages of other origins', () => {
  for (const origin of [pageOrigin, shopAddress]) {
    it(`${origin} may use the shop, and read what goes wrong`, async () => {
      const shop = await openShop();
      for (const path of ['/v1/shop', '/v1/products/absent', '/v1/absent', '/v1/orders/absent']) {
        const answer = await shop.fetch(path, {headers: {Origin: origin}});
        assert.equal(answer.headers.get(allowedOrigin), origin);
        assert.match(answer.headers.get('Vary')!, /Origin/);
        assert.equal(answer.headers.get('Access-Control-Allow-Credentials'), null);
      }
      const posted = await shop.fetch('/v1/quotes', {headers: {Origin: origin}, body: '{'});
      assert.equal(posted.headers.get(allowedOrigin), origin);
      await problem(posted, 'malformed_request');
    });
  }

  it('an answer may be kept for one origin only', async () => {
    const shop = await openShop();
    for (const headers of [{}, {Origin: pageOrigin}, {Origin: 'https://evil.example'}] as Record<string, string>[]) {
      assert.match((await shop.fetch('/v1/shop', {headers})).headers.get('Vary') ?? '', /Origin/);
    }
  });

  for (const origin of [
    'https://evil.example',
    'https://page.example.evil.example',
    'https://evilpage.example',
    'http://page.example',
    'https://page.example:444',
    'null',
    'file://',
  ]) {
    it(`${origin} may read nothing and buy nothing`, async () => {
      const shop = await openShop();
      const written = shop.store.writes.length;
      const headers = {Origin: origin};
      const read = await shop.fetch('/v1/shop', {headers});
      assert.equal(read.headers.get(allowedOrigin), null);
      for (const path of ['/v1/quotes', '/v1/orders', '/v1/orders/x/keys', '/v1/payments/fakepay/notifications']) {
        const answer = await shop.fetch(path, {headers, body: '{}'});
        assert.equal(answer.headers.get(allowedOrigin), null);
        await problem(answer, 'origin_not_allowed');
      }
      assert.equal(shop.store.writes.length, written);
    });
  }

  it('whoever is no page at all may use the shop', async () => {
    const shop = await openShop();
    assert.equal((await shop.fetch('/v1/shop')).status, 200);
    await problem(await shop.fetch('/v1/quotes', {body: {lines: []}}), 'validation_failed');
  });

  for (const [origin, answered] of [
    [pageOrigin, pageOrigin],
    ['https://evil.example', null],
  ] as const) {
    it(`a preflight of ${origin} is ${answered ? 'granted' : 'not granted'}`, async () => {
      const shop = await openShop();
      const answer = await shop.fetch('/v1/orders', {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
        },
      });
      assert.deepEqual([answer.status, answer.headers.get(allowedOrigin)], [204, answered]);
      if (!answered) return;
      assert.match(answer.headers.get('Access-Control-Allow-Methods')!, /POST/);
      const allowed = answer.headers.get('Access-Control-Allow-Headers')!.toLowerCase();
      for (const header of ['authorization', 'content-type', 'idempotency-key', 'if-none-match']) {
        assert.ok(allowed.includes(header), `${header} is not allowed`);
      }
    });
  }
});

describe('requests that do not fit', () => {
  for (const path of [
    '/',
    '/v1',
    '/v1/',
    '/v1/absent',
    '/v1/shop/',
    '/v2/shop',
    '/v1/products/a/b',
    '/v1/%zz',
    '//v1/shop',
  ]) {
    it(`there is nothing at ${path}`, async () => {
      const shop = await openShop();
      await problem(await shop.fetch(new URL(shopAddress + path).href), 'not_found');
    });
  }

  for (const path of new Set(operations().map(operation => operation.path))) {
    const filled = path.replaceAll(/\{\w+\}/g, 'x');
    const possible = operations()
      .filter(other => new RegExp(`^${other.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(filled))
      .map(({method}) => method);
    for (const wrong of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter(other => !possible.includes(other))) {
      it(`${wrong} ${path} is not possible, and the answer says what is`, async () => {
        const shop = await openShop();
        const call: Call = {method: wrong, ...(wrong !== 'GET' && {body: '{}'})};
        const answer = await shop.fetch(filled, call);
        const {detail} = await problem(answer, 'method_not_allowed');
        for (const method of possible) assert.ok(detail!.includes(method));
        const allowed = possible.flatMap(method => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
        assert.deepEqual(answer.headers.get('Allow')!.split(', ').sort(), allowed.sort());
      });
    }
  }

  it('an address of more than 4096 characters is not looked at', async () => {
    const shop = await openShop();
    const long = (length: number) => `/v1/products?q=${'x'.repeat(length - `${shopAddress}/v1/products?q=`.length)}`;
    await problem(await shop.fetch(long(4096)), 'validation_failed');
    for (const path of [long(4097), `/v1/${'absent'.repeat(1000)}`]) {
      await problem(await shop.fetch(path), 'uri_too_long');
    }
  });

  it('HEAD answers like GET, without the body', async () => {
    const shop = await openShop();
    const [head, get] = [await shop.fetch('/v1/shop', {method: 'HEAD'}), await shop.fetch('/v1/shop')];
    assert.deepEqual([head.status, await head.text(), head.headers.get('ETag')], [200, '', get.headers.get('ETag')]);
    assert.equal((await shop.fetch('/v1/quotes', {method: 'HEAD'})).status, 405);
    assert.equal((await shop.fetch('/v1/absent', {method: 'HEAD'})).status, 404);
  });

  it('every answer forbids guessing its type and telling where the reader came from', async () => {
    const shop = await openShop();
    for (const path of ['/v1/shop', '/v1/absent', '/v1/products?limit=0']) {
      const {headers} = await shop.fetch(path);
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
      assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
    }
  });
});

const posts = operations().filter(({operation}) => operation.requestBody?.content['application/json']);

describe('bodies that do not fit', () => {
  for (const {path} of posts) {
    /** With everything that is looked at before the body. */
    const send = async (call: Call) => {
      const shop = await openShop();
      const {order, token} = await shop.place();
      const ticket = {token, key: 'intent-of-the-ticket', body: {reason: 'payment', text: 'x'}};
      const {id} = await json<{id: string}>(await shop.fetch(`/v1/orders/${order.id}/tickets`, ticket), 201);
      const written = shop.store.writes.length;
      const answer = await shop.fetch(path.replace('{orderId}', order.id).replace('{ticketId}', id), {
        method: 'POST',
        token: path.startsWith('/v1/console/') ? consoleToken : token,
        key: 'int_0000000000000000000000',
        ...call,
      });
      assert.equal(shop.store.writes.length, written);
      return answer;
    };

    for (const body of [
      '',
      '{',
      '{"a":',
      'undefined',
      '{"lines":[}',
      '[1,]',
      '\u0000',
      "{'a':1}",
      '['.repeat(50_000),
    ]) {
      it(`${path}: ${JSON.stringify(body.slice(0, 12))} is not JSON`, async () => {
        await problem(await send({body}), 'malformed_request');
      });
    }

    for (const body of ['null', '[]', '1', '"text"', 'true', '{}', '{"__proto__":{"lines":[]}}']) {
      it(`${path}: ${body} is not what it takes`, async () => {
        await problem(await send({body}), 'validation_failed');
      });
    }

    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonp',
      '',
    ]) {
      it(`${path}: "${type}" is not taken`, async () => {
        await problem(await send({body: '{}', headers: {'Content-Type': type}}), 'unsupported_media_type');
      });
    }

    it(`${path}: a megabyte is too much, also when it comes in pieces of unknown number`, async () => {
      const megabyte = JSON.stringify({lines: 'x'.repeat(1024 * 1024)});
      await problem(await send({body: megabyte}), 'payload_too_large');

      const shop = await openShop();
      let read = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          read++;
          controller.enqueue(new Uint8Array(16 * 1024).fill(32));
        },
      });
      const request = new Request(`${shopAddress}/v1/quotes`, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: endless,
        duplex: 'half',
      } as RequestInit);
      await problem(await shop.server.fetch(request), 'payload_too_large');
      assert.ok(read <= maximumBodyBytes / (16 * 1024) + 4, `${read} pieces were read`);
    });

    it(`${path}: JSON of another flavour is taken`, async () => {
      const answer = await send({body: '{}', headers: {'Content-Type': 'Application/Problem+JSON; charset=utf-8'}});
      await problem(answer, 'validation_failed');
    });
  }

  it('a mistake of ours is told to the operator and not to the page', async () => {
    const shop = await openShop();
    shop.store.categories = async () => {
      throw new Error('connection to 10.0.0.7 failed: password "hunter2"');
    };
    const {detail} = await problem(await shop.fetch('/v1/categories'), 'internal_error');
    assert.ok(!detail!.includes('hunter2'));
    assert.match(JSON.stringify(shop.log.entries.at(-1)), /hunter2/);
  });
});
