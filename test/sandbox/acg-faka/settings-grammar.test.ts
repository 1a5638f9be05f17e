import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toJson} from '../../../src/sandbox/acg-faka/php-form.ts';
import {parseSettings, writeSettings} from '../../../src/sandbox/acg-faka/settings-grammar.ts';

const cases: readonly (readonly [string, string, unknown])[] = [
  [
    'sections',
    '[category]\n月卡=10.00\r\n\r\n[wholesale]\n5=8.50',
    {category: {月卡: '10.00'}, wholesale: {5: '8.50'}},
  ],
  [
    'dots nest',
    '[category_wholesale]\n月卡.5=9.00\n月卡.10=8.50',
    {category_wholesale: {月卡: {5: '9.00', 10: '8.50'}}},
  ],
  ['the first of two wins', '[a]\nx=1\nx=2', {a: {x: '1'}}],
  ['repeated sections merge', '[a]\nx=1\n[b]\ny=2\n[a]\nz=3', {a: {x: '1', z: '3'}, b: {y: '2'}}],
  ['nothing is trimmed', '[a]\n x = 1 ', {a: {' x ': ' 1'}}],
  ['a value in brackets is taken for a section', '[a]\nx=[b]\ny=1', {a: [], b: {y: '1'}}],
  ['a line "0" is skipped', '0\n[a]\n0\nx=1', {a: {x: '1'}}],
  ['an empty value', '[a]\nx=', {a: {x: ''}}],
  ['lists', '[a]\nx[]=1', {a: {x: ['1']}}],
  ['nothing at all', '', []],
];

for (const [name, text, settings] of cases) {
  test(`reads settings: ${name}`, () => assert.deepEqual(toJson(parseSettings(text)), settings));
}

test('what cannot be read is refused in the shop’s words', () => {
  assert.throws(() => parseSettings('[wholesale]\n5=a=b'), {message: '配置解析异常，5=a=b 没有赋值'});
  assert.throws(() => parseSettings('[wholesale]\nfive'), {message: '配置解析异常，five 没有赋值'});
  assert.throws(() => parseSettings('a=1'), {message: '配置解析异常，a=1 不能没有节点'});
});

test('settings are written back as they were read', () => {
  const text = '[category]\n月卡=10.00\n[category_wholesale]\n月卡.5=9.00';
  assert.equal(writeSettings(parseSettings(text)), text);
});
