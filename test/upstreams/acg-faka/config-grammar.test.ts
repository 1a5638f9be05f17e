import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
  ConfigError,
  group,
  parseConfig,
  readConfig,
  type ConfigTree,
} from '../../../src/upstreams/acg-faka/config-grammar.ts';

const plain = (tree: ConfigTree): unknown =>
  Object.fromEntries([...tree].map(([name, value]) => [name, typeof value === 'string' ? value : plain(value)]));

const quirks: readonly [string, string, unknown][] = [
  ['sections and entries', '[wholesale]\n5=8.50\n10=8.00\n', {wholesale: {'5': '8.50', '10': '8.00'}}],
  ['any run of line breaks', '\r\n[a]\r\r\nx=1\r\ny=2\r\n\r\n', {a: {x: '1', y: '2'}}],
  ['dots nest', '[category_wholesale]\n月卡.5=9\n月卡.10=8', {category_wholesale: {月卡: {'5': '9', '10': '8'}}}],
  ['the first of equal names wins', '[a]\nx=1\nx=2', {a: {x: '1'}}],
  ['sections of one name merge', '[a]\nx=1\n[b]\n[a]\ny=2\nx=3', {a: {x: '1', y: '2'}, b: {}}],
  ['a line 0 is nothing', '0\n[a]\n0\nx=1', {a: {x: '1'}}],
  ['no trimming inside, no comments', '[a]\n x = 1 \n#c=2\n;d=3', {a: {' x ': ' 1 ', '#c': '2', ';d': '3'}}],
  ['an empty value', '[a]\nx=', {a: {x: ''}}],
  ['a value ending in brackets is a header', '[a]\nx=1\ny=b[c]\nz=2', {a: {x: '1'}, c: {z: '2'}}],
  ['a bracket that never opened is a value', '[a]\nx=b]', {a: {x: 'b]'}}],
  ['empty brackets make a list', '[a]\nx[]=1\nx[]=2\ny[].z=3', {a: {x: {'0': '1'}, y: {'0': {z: '3'}}}}],
  ['a value stays where a group comes later', '[a]\nx=1\nx.y=2', {a: {x: '1'}}],
  [
    'names of Object’s own are names',
    '[sku]\n__proto__.a=1\nconstructor.b=2',
    JSON.parse('{"sku":{"__proto__":{"a":"1"},"constructor":{"b":"2"}}}'),
  ],
  ['nothing', ' \n\0\t', {}],
];
for (const [name, text, expected] of quirks) {
  test(`config: ${name}`, () => assert.deepEqual(plain(parseConfig(text)), expected));
}

for (const [name, text] of [
  ['two equal signs', '[a]\n5=a=b'],
  ['no equal sign', '[a]\nabc'],
  ['an entry before any section', 'x=1\n[a]'],
  ['an entry below an empty header', '[a]\n[]\nx=1'],
  ['an entry below a header 0', '[0]\nx=1'],
  ['a group that becomes a value', '[a]\nx.y=1\nx=2'],
] as const) {
  test(`config: ${name} is refused`, () => assert.throws(() => parseConfig(text), ConfigError));
}

test('any text parses or is refused with the parser’s own error', () => {
  const line = fc.oneof(
    fc.string(),
    fc.string({unit: fc.constantFrom('[', ']', '.', '=', '0', 'a', ' ', '\n', '\r', '中')}),
  );
  fc.assert(
    fc.property(
      fc.array(line).map(lines => lines.join('\n')),
      text => {
        try {
          return parseConfig(text) instanceof Map;
        } catch (error) {
          return error instanceof ConfigError;
        }
      },
    ),
    {numRuns: 2000},
  );
});

test('a config of a million dots or brackets ends', () => {
  assert.equal(parseConfig(`[a]\n${'.'.repeat(1_000_000)}=1`).size, 1);
  assert.ok(parseConfig(`[a]\n${'['.repeat(1_000_000)}=1`).size === 1);
});

test('what is written well is read back, the first of equal names winning', () => {
  const name = fc
    .string({unit: fc.constantFrom('月', '卡', 'a', 'B', '1', '-', ' '), minLength: 1})
    .filter(text => text.trim() === text);
  const section = fc.tuple(
    name.filter(text => text !== '0'),
    fc.array(fc.tuple(name, fc.nat().map(String)), {minLength: 1}),
  );
  fc.assert(
    fc.property(fc.uniqueArray(section, {selector: ([title]) => title}), sections => {
      const text = sections
        .map(([title, entries]) => [`[${title}]`, ...entries.map(entry => entry.join('='))].join('\n'))
        .join('\n');
      const tree = parseConfig(text);
      for (const [title, entries] of sections) {
        for (const [key] of entries) {
          assert.equal(group(tree, title).get(key), entries.find(([other]) => other === key)![1]);
        }
      }
    }),
  );
});

test('the table form of item reads as the text form of items', () => {
  const table = {
    category: {月卡: '10.00', 季卡: '27.5'},
    category_wholesale: {月卡: {'5': '9.00', '10': '8.50'}},
    sku: {区服: {美区: '0', 日区: '2.00'}},
  };
  const text =
    '[category]\n月卡=10.00\n季卡=27.5\n[category_wholesale]\n月卡.5=9.00\n月卡.10=8.50\n[sku]\n区服.美区=0\n区服.日区=2.00';
  assert.deepEqual(readConfig(table), parseConfig(text));
  assert.deepEqual(plain(readConfig({wholesale: ['9', '8']})), {wholesale: {'0': '9', '1': '8'}});
  for (const empty of [null, undefined, '', [], {}]) assert.equal(readConfig(empty).size, 0);
});

test('any table reads or is refused with the reader’s own error', () => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 12}), value => {
      try {
        return readConfig(value) instanceof Map;
      } catch (error) {
        return error instanceof ConfigError;
      }
    }),
  );
});
