import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

const document = readFileSync('docs/theming.md', 'utf8');
const sources = globSync('components/**/*.ts').map(path => readFileSync(path, 'utf8'));
const tokens = readFileSync('components/shared/tokens.ts', 'utf8');

/** The rows of the table of tokens: name, value on light ground, on dark ground, meaning. */
const rows = [...document.matchAll(/^\| `(--ks-[\w-]+)` +\| `?([^`|]*?)`? +\| `?([^`|]*?)`? +\| (.*?) +\|$/gm)].map(
  ([, name, light, dark, meaning]) => ({name: name!, light: light!.trim(), dark: dark!.trim(), meaning: meaning!}),
);

/** The values that stand behind tokens in a piece of CSS. */
const defaultsIn = (css: string): Record<string, string> =>
  Object.fromEntries([...css.matchAll(/var\((--ks-[\w-]+), ([^)]+)\)/g)].map(([, name, value]) => [name!, value!]));

const sheet = (name: string): string => tokens.slice(tokens.indexOf(`export const ${name} `)).split('\n`;')[0]!;

describe('the table of tokens', () => {
  it('has all of them, with the values they have', () => {
    const light = {...defaultsIn(sources.join('')), ...defaultsIn(sheet('tokens'))};
    const dark = defaultsIn(sheet('darkTokens'));
    assert.deepEqual(
      Object.fromEntries(rows.map(row => [row.name, [row.light, row.dark]])),
      Object.fromEntries(Object.entries(light).map(([name, value]) => [name, [value, dark[name] ?? '']])),
    );
  });

  it('says of each what its source says', () => {
    const comments = sources.flatMap(source => [...source.matchAll(/@cssproperty (--ks-[\w-]+) - ([^,\n]+)/g)]);
    for (const {name, meaning} of rows) {
      const said = comments.filter(([, token]) => token === name).map(([, , words]) => words!.trim());
      assert.ok(said.length > 0 && said.every(words => meaning.startsWith(words)), `${name}: ${said.join()}`);
    }
  });

  it('names what an appearance can set, all of it', () => {
    const source = readFileSync('components/shared/appearance.ts', 'utf8');
    const settable = [...source.matchAll(/^ {2}(\w+): '(font|color|length)'/gm)].map(
      ([, token]) => `--ks-${token!.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    );
    assert.deepEqual(
      settable,
      rows.map(({name}) => name),
    );
  });
});
