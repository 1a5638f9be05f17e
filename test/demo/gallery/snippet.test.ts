import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {transform} from 'esbuild';
import fc from 'fast-check';
import {parseDocument} from 'htmlparser2';
import {compileTemplate, parse} from 'vue/compiler-sfc';
import {codeTokens} from '../../../demo/gallery/code-tokens.ts';
import {snippetKinds, snippetOf, type Shown} from '../../../demo/gallery/snippet.ts';

const shown = fc.record<Shown>({
  tagName: fc.constant('ks-cart-button'),
  attributes: fc.dictionary(
    fc.stringMatching(/^[a-z]{2,8}(-[a-z]{2,6})?$/),
    fc.oneof(fc.string(), fc.integer(), fc.constant(true as const)),
    {noNullPrototype: true},
  ),
  text: fc.string(),
  children: fc.constant([]),
  inside: fc.constant(''),
  shop: fc.constantFrom({}, {lang: 'en', theme: 'dark'}),
});

interface Node {
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Record<string, string>;
  readonly children?: readonly Node[];
}

const find = (nodes: readonly Node[], name: string): Node | undefined =>
  nodes.map(node => (node.name === name ? node : find(node.children ?? [], name))).find(Boolean);

describe('a snippet', () => {
  it('of HTML says the element, its attributes and its words, whatever stands in them', () => {
    fc.assert(
      fc.property(shown, given => {
        const {children} = parseDocument(snippetOf('html', given)) as Node;
        const element = find(children!, 'ks-cart-button')!;
        const expected = Object.entries(given.attributes).map(([name, value]) => [
          name,
          value === true ? '' : String(value),
        ]);
        assert.deepEqual(Object.entries(element.attribs!), expected);
        assert.equal(
          (element.children ?? [])
            .map(({data}) => data)
            .join('')
            .trim(),
          given.text.trim(),
        );
        assert.deepEqual(find(children!, 'ks-shop')?.attribs ?? {}, given.shop);
      }),
    );
  });

  it('of React gives the element the same values', async () => {
    await fc.assert(
      fc.asyncProperty(shown, async given => {
        const {code} = await transform(snippetOf('react', given), {loader: 'tsx', jsxFactory: 'h'});
        const body = code.replace(/^import .*$/gm, '').replace('export function', 'return function');
        const h = (type: string, props: object | null, ...children: unknown[]) => ({
          type,
          props: props ?? {},
          children,
        });
        const made = new Function('h', body)(h)();
        const element = made.type === 'ks-shop' ? made.children[0] : made;
        assert.deepEqual({...element.props}, given.attributes);
        assert.deepEqual(element.children, given.text === '' ? [] : [given.text]);
      }),
      {numRuns: 30},
    );
  });

  it("hands a page's own card over as it is, whatever stands in it", async () => {
    const card = fc.record({inside: fc.stringMatching(/^<b>[^<>&\r]*<\/b>$/), text: fc.constant('')});
    await fc.assert(
      fc.asyncProperty(shown, card, async (any, given) => {
        const shop = {...any, shop: {}, attributes: {}, ...given};
        assert.ok(snippetOf('html', shop).includes(given.inside.split('\n')[0]!));
        const {code} = await transform(snippetOf('react', shop), {loader: 'tsx', jsxFactory: 'h'});
        const body = code.replace(/^import .*$/gm, '').replace('export function', 'return function');
        const h = (_: string, props: object) => props;
        const made = (new Function('h', body)(h) as () => object)();
        assert.deepEqual(made, {dangerouslySetInnerHTML: {__html: given.inside}});
        const {scriptSetup, template} = parse(snippetOf('vue', shop)).descriptor;
        const inside = new Function(`${scriptSetup!.content.replace(/^import .*$/gm, '')} return inside;`)() as string;
        assert.equal(inside, given.inside);
        assert.match(template!.content, /v-html="inside"/);
      }),
      {numRuns: 30},
    );
  });

  it('of Vue compiles', () => {
    fc.assert(
      fc.property(shown, given => {
        const {descriptor, errors} = parse(snippetOf('vue', given));
        assert.deepEqual(errors, []);
        const {content: source} = descriptor.template!;
        const compiled = compileTemplate({
          source,
          id: 'x',
          filename: 'x.vue',
          compilerOptions: {isCustomElement: () => true},
        });
        assert.deepEqual(compiled.errors, []);
      }),
      {numRuns: 30},
    );
  });

  it('is the same text when its words are told apart', () => {
    fc.assert(
      fc.property(shown, fc.constantFrom(...snippetKinds), (given, kind) => {
        const code = snippetOf(kind, given);
        assert.equal(
          codeTokens(code)
            .map(({text}) => text)
            .join(''),
          code,
        );
      }),
    );
  });
});
