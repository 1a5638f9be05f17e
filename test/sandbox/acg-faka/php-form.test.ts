import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseUrlEncoded, readForm, toInteger, toJson} from '../../../src/sandbox/acg-faka/php-form.ts';

const read = (body: string): unknown => Object.fromEntries([...parseUrlEncoded(body)].map(([k, v]) => [k, toJson(v)]));

const cases: readonly (readonly [string, string, unknown])[] = [
  ['plus and escapes', 'a=x+y%2B%E4%B8%AD', {a: 'x y+中'}],
  ['a broken escape stays', 'a=100%&b=%zz', {a: '100%', b: '%zz'}],
  ['dots and spaces in names', 'a.b=1&c d=2&+e=3', {a_b: '1', c_d: '2', e: '3'}],
  ['the last of two wins', 'a=1&a=2', {a: '2'}],
  ['nesting', 'sku[区.服]=x&sku[a b]=y', {sku: {'区.服': 'x', 'a b': 'y'}}],
  ['lists', 'n[]=1&n[]=2', {n: ['1', '2']}],
  ['deep', 'a[b][c]=1&a[b][d]=2', {a: {b: {c: '1', d: '2'}}}],
  ['a table replaces a text', 'a=1&a[b]=2', {a: {b: '2'}}],
  ['an open bracket is an underscore', 'a[b=1', {a_b: '1'}],
  ['a name that is only a bracket is dropped', '[a]=1&=2', {}],
  ['no equals sign', 'a&b=', {a: '', b: ''}],
  ['what follows a bracket is dropped', 'a[b]c=1', {a: {b: '1'}}],
];

for (const [name, body, fields] of cases) {
  test(`reads a form as PHP does: ${name}`, () => assert.deepEqual(read(body), fields));
}

test('every pair of plain names and any values survives the wire', () => {
  const plainName = fc.stringMatching(/^[a-z_]{1,8}$/);
  fc.assert(
    fc.property(fc.dictionary(plainName, fc.string({unit: 'grapheme'})), fields => {
      const wire = new URLSearchParams(fields).toString();
      assert.deepEqual(read(wire), Object.fromEntries(new URLSearchParams(wire)));
    }),
  );
});

test('a multipart body reads the same; other bodies and methods have no fields', async () => {
  const form = new FormData();
  form.append('sku[区服]', '美区');
  form.append('a.b', '1');
  const post = (body: BodyInit, headers?: HeadersInit) =>
    readForm(new Request('https://shop.example/', {method: 'POST', body, ...(headers ? {headers} : {})}));
  assert.deepEqual(
    [...(await post(form))].map(([k, v]) => [k, toJson(v)]),
    [
      ['sku', {区服: '美区'}],
      ['a_b', '1'],
    ],
  );
  assert.equal((await post('{"app_id":1000}', {'content-type': 'application/json'})).size, 0);
  assert.equal((await readForm(new Request('https://shop.example/?app_id=1000'))).size, 0);
});

test('numbers are cast as PHP casts them', () => {
  const casts = {'2.9': 2, '-1': -1, '1000abc': 1000, abc: 0, '': 0, ' 7': 7, '1e2': 100};
  for (const [text, number] of Object.entries(casts)) assert.equal(toInteger(text), number, text);
});
