import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
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

test('the quick way and the exact way read the same', () => {
  const texts = fc.oneof(
    fc.json({maxDepth: 4, noUnicodeString: false}),
    fc
      .array(
        fc.constantFrom(
          '-0',
          '0',
          '-1',
          '9.90',
          '1e3',
          '-0.0',
          '9007199254740993',
          '709261123102000244',
          '"a:-0,[1.5"',
          '{"__proto__":5}',
        ),
      )
      .map(parts => `[${parts.join(' , ')}]`),
  );
  const exactly = (text: string) =>
    JSON.parse(text, (_key, value: unknown, context?: {readonly source?: string}) =>
      typeof value === 'number' ? context!.source : value,
    ) as unknown;
  fc.assert(
    fc.property(texts, text => assert.deepEqual(parseExactJson(text), exactly(text))),
    {numRuns: 2000},
  );
});
