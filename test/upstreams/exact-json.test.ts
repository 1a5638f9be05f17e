import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseExactJson} from '../../src/upstreams/exact-json.ts';

test('numbers keep the text they were written with', () => {
  assert.deepEqual(parseExactJson('{"price":10.50,"no":102261123100058569123,"list":[0.0150,-3,1e2],"code":"007"}'), {
    price: '10.50',
    no: '102261123100058569123',
    list: ['0.0150', '-3', '1e2'],
    code: '007',
  });
});

test('an engine without source texts gives the shortest text of the number', t => {
  const parse = JSON.parse;
  t.mock.method(JSON, 'parse', (text: string, reviver: (key: string, value: unknown) => unknown) =>
    parse(text, (key, value) => reviver(key, value)),
  );
  assert.deepEqual(parseExactJson('{"price":10.50,"balance":9889.76}'), {price: '10.5', balance: '9889.76'});
});

test('what is no JSON, or too deep to walk, is a syntax error', () => {
  for (const text of ['', '<html>', '{"a":', '['.repeat(200_000) + ']'.repeat(200_000)]) {
    assert.throws(() => parseExactJson(text), SyntaxError);
  }
});

test('an error does not repeat the text, which may be a card', () => {
  assert.throws(
    () => parseExactJson('{"secret":"STEAM-0021-AAAA" oops'),
    error => error instanceof SyntaxError && !error.message.includes('STEAM'),
  );
});
