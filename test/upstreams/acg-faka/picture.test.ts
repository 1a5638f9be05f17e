import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createAcgFaka} from '../../../src/upstreams/acg-faka/index.ts';
import {isUpstreamError} from '../../../src/upstreams/port.ts';
import {appKey, origin, patient} from './fake-shop.ts';

function shopOfPictures(respond: () => Response) {
  const asked: {url: string; init: RequestInit | undefined}[] = [];
  const shop = createAcgFaka({
    url: origin,
    appId: '1000',
    appKey,
    limits: {picture: 100},
    fetch: async (input, init) => {
      asked.push({url: String(input), init});
      return respond();
    },
  });
  return {shop, asked};
}

const png = (bytes = new Uint8Array([1, 2, 3]), type = 'image/PNG; charset=x') =>
  new Response(bytes, {headers: {'content-type': type}});

test('a picture is fetched without credentials or redirects', async () => {
  const {shop, asked} = shopOfPictures(() => png());
  assert.deepEqual(await shop.picture(`${origin}/a.png`, patient), {
    mediaType: 'image/png',
    bytes: new Uint8Array([1, 2, 3]),
  });
  assert.equal(asked[0]!.url, `${origin}/a.png`);
  assert.equal(asked[0]!.init?.redirect, 'manual');
  assert.equal(asked[0]!.init.body, undefined);
});

test('the inside of our own network is not asked', async () => {
  const {shop, asked} = shopOfPictures(() => png());
  for (const url of [
    'http://127.0.0.1/a.png',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'http://localhost:8080/',
  ]) {
    await assert.rejects(shop.picture(url, patient), error => isUpstreamError(error) && error.reason === 'refused');
  }
  assert.equal(asked.length, 0);
});

const failures = [
  ['absent', () => new Response('', {status: 404})],
  ['unexpected_answer', () => new Response(null, {status: 302, headers: {location: 'http://127.0.0.1/'}})],
  ['unexpected_answer', () => png(undefined, 'text/html')],
  ['unexpected_answer', () => new Response(new Uint8Array(3))],
  ['too_large', () => png(new Uint8Array(101))],
] as const;
for (const [reason, respond] of failures) {
  test(`no picture: ${reason}`, async () => {
    const {shop} = shopOfPictures(respond);
    await assert.rejects(
      shop.picture(`${origin}/a.png`, patient),
      error => isUpstreamError(error) && error.reason === reason,
    );
  });
}
