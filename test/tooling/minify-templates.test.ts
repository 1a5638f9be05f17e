import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {minifyTemplates} from '../../scripts/build/minify-templates.mjs';

async function minified(code: string): Promise<string> {
  const result = await minifyTemplates().transform(code, '/components/storefront/cart/cart.ts');
  return result?.code ?? code;
}

describe('minifyTemplates', () => {
  it('shrinks white space in html to one space, so that words never run together', async () => {
    assert.equal(
      await minified('html`<p>\n  <b>${price}</b>\n  <i>each</i>\n</p>`'),
      'html`<p> <b>${price}</b> <i>each</i> </p>`',
    );
  });

  it("keeps Lit's bindings as they are written", async () => {
    const bindings =
      'html`<input .valueAsNumber="${n}" ?disabled="${off}" @change="${changed}" aria-label="${label}" value="" />`';
    const result = await minified(bindings);
    for (const part of ['.valueAsNumber=', '?disabled=', '@change=', 'aria-label=', 'value=""']) {
      assert.ok(result.includes(part), `${part} in ${result}`);
    }
  });

  it('keeps the shapes of a drawing beside each other', async () => {
    assert.equal(
      await minified('svg`<g>\n  <path d="M0 0h1" />\n  <path d="M0 1h1" />\n</g>`'),
      'svg`<g> <path d="M0 0h1"/> <path d="M0 1h1"/> </g>`',
    );
  });

  it('minifies css and leaves its expressions alone', async () => {
    assert.equal(await minified('css`:host {\n  display: block;\n}\n${shared}`'), 'css`:host{display:block}${shared}`');
  });

  it('leaves other strings alone', async () => {
    const code = 'const text = `a   b`; const more = other`c   d`;';
    assert.equal(await minified(code), code);
  });
});
