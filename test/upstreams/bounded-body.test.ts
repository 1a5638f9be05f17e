import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readBytes, readText} from '../../src/upstreams/bounded-body.ts';
import {isUpstreamError} from '../../src/upstreams/port.ts';

test('a body within the limit is read whole, across chunks', async () => {
  const chunks = ['{"msg":"商', '品"}'].map(text => new TextEncoder().encode(text));
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
  assert.equal(await readText(new Response(body), 100), '{"msg":"商品"}');
  assert.equal((await readBytes(new Response(null), 100)).length, 0);
});

test('a claimed charset and a byte order mark do not matter', async () => {
  const response = new Response('\ufeff{"msg":"库存不足"}', {
    headers: {'content-type': 'application/json;charset=gbk'},
  });
  assert.equal(await readText(response, 100), '{"msg":"库存不足"}');
});

test('an endless body is cut at the limit and its stream cancelled', async () => {
  let cancelled = false;
  const body = new ReadableStream({
    pull: controller => controller.enqueue(new Uint8Array(1000)),
    cancel: () => void (cancelled = true),
  });
  await assert.rejects(
    readBytes(new Response(body), 5000),
    error => isUpstreamError(error) && error.reason === 'too_large',
  );
  assert.equal(cancelled, true);
});
