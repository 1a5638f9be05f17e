import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {readWidget, WidgetError} from '../../../src/upstreams/acg-faka/widget-grammar.ts';
import {widgetJson} from './goods.ts';

const fieldOf = (entry: Readonly<Record<string, unknown>>) =>
  readWidget([
    {cn: '账号', name: 'account', type: 'text', placeholder: '', regex: '', error: '', dict: '', ...entry},
  ])[0];

test('texts, selects, patterns and their errors', () => {
  const expected = [
    {
      name: 'account',
      label: '游戏账号',
      type: 'text',
      placeholder: '请输入账号',
      required: true,
      pattern: '^.{3,}$',
      error: '账号错误',
    },
    {
      name: 'area',
      label: '大区',
      type: 'select',
      required: true,
      options: [
        {label: '电信一区', value: 'dx1'},
        {label: '网通二区', value: 'wt2'},
      ],
    },
  ];
  assert.deepEqual(readWidget(widgetJson), expected);
  assert.deepEqual(readWidget(JSON.parse(widgetJson)), expected);
});

test('no fields: null, an empty list, and what the platform itself cannot read', () => {
  for (const widget of [null, undefined, '', '[]', [], '{"broken', 'null', '7', [null, 'x', 3]]) {
    assert.deepEqual(readWidget(widget), [], JSON.stringify(widget));
  }
});

test('every type has a form; a checkbox is named as it is sent; a choice without choices is a text', () => {
  assert.equal(fieldOf({type: 'whatever'})?.type, 'text');
  assert.equal(fieldOf({type: 'number'})?.type, 'number');
  assert.equal(fieldOf({type: 'select'})?.type, 'text');
  assert.deepEqual(fieldOf({type: 'checkbox', dict: 'a=1'}), {
    name: 'account[]',
    label: '账号',
    type: 'checkbox',
    required: false,
    options: [{label: 'a', value: '1'}],
  });
});

test('a custom field is a place for the seller’s own script, and asks the buyer nothing', () => {
  assert.equal(fieldOf({type: 'custom', regex: '^.+$'}), undefined);
  assert.equal(fieldOf({type: 'custom', name: '', regex: '/'}), undefined);
});

test('a dict keeps values as they are', () => {
  assert.deepEqual(fieldOf({type: 'radio', dict: '一=1=x, 二 = 2 ,三,,'})?.options, [
    {label: '一', value: '1=x'},
    {label: '二', value: ' 2 '},
    {label: '三', value: '三'},
  ]);
});

test('a pattern that this engine cannot compile is left to the platform', () => {
  assert.deepEqual(fieldOf({regex: '^(?<a>x', error: 'no'}), {
    name: 'account',
    label: '账号',
    type: 'text',
    required: true,
    error: 'no',
  });
});

test('a field is required when its pattern refuses an empty text', () => {
  assert.equal(fieldOf({regex: '^\\d*$'})?.required, false);
  assert.equal(fieldOf({regex: '\\d'})?.required, true);
});

test('a field that no purchase could fill in makes the widget unusable', () => {
  assert.throws(() => fieldOf({regex: '^https?://'}), WidgetError);
  assert.equal(fieldOf({regex: '^https?:\\/\\/'})?.required, true);
  for (const name of ['', 'game.account', 'a b', 'a[b]', 'contact', 'Request_No', 'sku', 'sign', 'card_id', 'coupon']) {
    assert.throws(() => fieldOf({name}), WidgetError, name);
  }
});

test('any widget reads or is refused with its own error', () => {
  const entry = fc.record(
    {name: fc.string(), type: fc.string(), regex: fc.string(), dict: fc.string(), cn: fc.jsonValue()},
    {requiredKeys: []},
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.array(entry),
        fc.array(entry).map(list => JSON.stringify(list)),
      ),
      widget => {
        try {
          return Array.isArray(readWidget(widget));
        } catch (error) {
          return error instanceof WidgetError;
        }
      },
    ),
  );
});
