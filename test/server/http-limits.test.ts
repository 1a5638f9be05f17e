import assert from 'node:assert/strict';
import {once} from 'node:events';
import type {Server} from 'node:http';
import {connect, type AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {after, before, describe, it} from 'node:test';
import {serve} from '@hono/node-server';
import {createHttpApp} from '../../src/server/http-app.ts';
import {httpLimits} from '../../src/server/operations/http-limits.ts';
import {maximumBodyBytes} from '../../src/server/routes/input.ts';
import {openShop} from '../support/shop-server.ts';

const impatient = {...httpLimits, headersTimeout: 150, requestTimeout: 300, connectionsCheckingInterval: 50};

describe('a connection', () => {
  let server: Server;
  before(async () => {
    const shop = await openShop();
    const config = {address: 'https://shop.example', proxies: 0, origins: []};
    const app = createHttpApp(config, request => shop.server.fetch(request), {scripts: '.'});
    server = serve({fetch: app.fetch, port: 0, hostname: '127.0.0.1', serverOptions: impatient}) as Server;
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    return new Promise(done => server.close(done));
  });

  /** Sends this and nothing more; what came until the server closed the connection. */
  async function said(...lines: readonly string[]): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(lines.join('\r\n'));
    return text(socket);
  }

  it('gets its answer', async () => {
    assert.match(await said('GET /v1/shop HTTP/1.1', 'Host: x', 'Connection: close', '', ''), /^HTTP\/1\.1 200 /);
  });

  it('may have headers of 16 kB', async () => {
    const header = `X-Long: ${'x'.repeat(httpLimits.maxHeaderSize)}`;
    assert.match(await said('GET /v1/shop HTTP/1.1', 'Host: x', header, '', ''), /^HTTP\/1\.1 431 /);
  });

  const post = ['POST /v1/quotes HTTP/1.1', 'Host: x', 'Content-Type: application/json'];

  it('is refused a megabyte by its word, before any of it has come', async () => {
    assert.match(await said(...post, `Content-Length: ${1024 * 1024}`, '', '{'), /^HTTP\/1\.1 413 /);
  });

  it('is refused what comes in pieces as soon as it is too much', async () => {
    const pieces = [maximumBodyBytes, 1].flatMap(size => [size.toString(16), ' '.repeat(size)]);
    assert.match(await said(...post, 'Transfer-Encoding: chunked', '', ...pieces, ''), /^HTTP\/1\.1 413 /);
  });

  for (const [what, lines] of [
    ['to begin', []],
    ['with its headers', ['GET /v1/shop HTTP/1.1', 'Host: x', 'X-Slow: ']],
    ['with its body', [...post, 'Content-Length: 50', '', '{']],
  ] as const) {
    it(`cuts off who is too slow ${what}`, async () => {
      assert.doesNotMatch(await said(...lines), /^HTTP\/1\.1 2/);
    });
  }
});
