import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {brotliDecompressSync, gunzipSync} from 'node:zlib';
import type {Hono} from 'hono';
import {writeCompressed} from '../../scripts/build/compress.mjs';
import {createHttpApp} from '../../src/server/http-app.ts';
import {openShop} from '../support/shop-server.ts';

const script = 'export const shelves = "all of them";\n'.repeat(100);
const scripts = mkdtempSync(join(tmpdir(), 'keystall-scripts-'));
let app: Hono;

before(async () => {
  mkdirSync(join(scripts, 'chunks'));
  writeFileSync(join(scripts, 'keystall.js'), script);
  writeFileSync(join(scripts, 'chunks/core-1a2b3c4d.js'), script);
  await writeCompressed(scripts);
  app = await createApp();
});

after(() => rmSync(scripts, {recursive: true}));

async function createApp(): Promise<Hono> {
  const shop = await openShop();
  return createHttpApp(
    {address: 'https://shop.example', proxies: 0, origins: ['https://page.example']},
    request => shop.server.fetch(request),
    {scripts},
  );
}

const get = async (path: string, headers: Record<string, string> = {}) => app.request(path, {headers});
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('the scripts', () => {
  for (const [encoding, decompress] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    it(`go out as ${encoding} to whoever takes it`, async () => {
      for (const path of ['/cdn/keystall.js', '/cdn/chunks/core-1a2b3c4d.js']) {
        const response = await get(path, {'Accept-Encoding': encoding});
        assert.equal(response.headers.get('Content-Encoding'), encoding);
        assert.match(response.headers.get('Content-Type')!, /^text\/javascript/);
        assert.equal(response.headers.get('Vary'), 'Accept-Encoding');
        assert.equal(decompress(await bytes(response)).toString(), script);
      }
    });
  }

  it('go out as they are to anybody else', async () => {
    const response = await get('/cdn/keystall.js');
    assert.equal(response.headers.get('Content-Encoding'), null);
    assert.equal(await response.text(), script);
  });

  it('are kept for ever where the name says what is in them', async () => {
    const kept = async (path: string) => (await get(path)).headers.get('Cache-Control');
    assert.equal(await kept('/cdn/chunks/core-1a2b3c4d.js'), 'public, max-age=31536000, immutable');
    assert.equal(await kept('/cdn/keystall.js'), 'public, max-age=300');
  });
});

describe('what is for sale', () => {
  for (const path of ['/v1/shop', '/v1/categories', '/v1/products']) {
    for (const [accepted, encoding, decompress] of [
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['br;q=0, GZIP;q=0.5', 'gzip', gunzipSync],
      ['identity, br;q=0', null, String],
    ] as const) {
      it(`goes out as ${encoding} to whoever accepts ${accepted}: ${path}`, async () => {
        const plain = await (await get(path)).text();
        for (const time of ['once', 'again']) {
          const response = await get(path, {'Accept-Encoding': accepted});
          assert.equal(response.headers.get('Content-Encoding'), encoding, time);
          assert.match(response.headers.get('Content-Type')!, /^application\/json/);
          assert.equal(decompress(await bytes(response)).toString(), plain, time);
        }
      });
    }

    it(`goes out compressed to many who ask first and at once: ${path}`, async () => {
      const plain = await (await get(path)).text();
      const fresh = await createApp();
      const asked = Array.from({length: 5}, async () => fresh.request(path, {headers: {'Accept-Encoding': 'br'}}));
      for (const answer of await Promise.all(asked)) {
        assert.equal(brotliDecompressSync(await bytes(answer)).toString(), plain);
      }
    });

    it(`is not sent again to whoever has it compressed: ${path}`, async () => {
      const accepting = {'Accept-Encoding': 'gzip'};
      const etag = (await get(path, accepting)).headers.get('ETag')!;
      const again = await get(path, {...accepting, 'If-None-Match': etag});
      assert.deepEqual([again.status, await again.text()], [304, '']);
    });

    it(`is kept apart by caches, compressed and plain and per origin: ${path}`, async () => {
      const whole = await get(path);
      const etag = whole.headers.get('ETag')!;
      const headers = {'Accept-Encoding': 'gzip'};
      const again = await get(path, {...headers, 'If-None-Match': etag});
      assert.equal(again.status, 304);
      for (const answer of [whole, await get(path, headers), again, await app.request(path, {method: 'HEAD'})]) {
        assert.equal(answer.headers.get('Vary'), 'Origin, Accept-Encoding');
      }
    });
  }
});

it('what is a buyer’s own is not compressed', async () => {
  const response = await get('/v1/orders/ord_1', {'Accept-Encoding': 'gzip'});
  assert.match(response.headers.get('Content-Type')!, /json/);
  assert.equal(response.headers.get('Content-Encoding'), null);
});

describe('the page that shows keys in a frame', () => {
  it('may be framed by the shop’s pages only, and runs and reaches nothing but this server', async () => {
    const response = await get('/frames/keys');
    const policy = new Map(
      response.headers
        .get('Content-Security-Policy')!
        .split('; ')
        .map(part => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    );
    assert.equal(policy.get('frame-ancestors'), 'https://page.example');
    assert.equal(policy.get('default-src'), "'none'");
    assert.equal(policy.get('script-src'), "'self'");
    assert.equal(policy.get('connect-src'), "'self'");
    assert.equal(response.headers.get('Referrer-Policy'), 'no-referrer');
    assert.equal(response.headers.get('Cross-Origin-Opener-Policy'), 'same-origin');
    assert.match(await response.text(), /<html data-origins="https:\/\/page\.example">/);
  });

  it('may be framed by nobody where the shop has no pages', async () => {
    const alone = createHttpApp({address: 'https://shop.example', proxies: 0, origins: []}, () => assert.fail(), {
      scripts,
    });
    const response = await alone.request('/frames/keys');
    assert.match(response.headers.get('Content-Security-Policy')!, /frame-ancestors 'none'/);
  });
});
