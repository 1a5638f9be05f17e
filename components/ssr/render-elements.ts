import {LitElementRenderer, render, type RenderInfo} from '@lit-labs/ssr';
import {collectResult} from '@lit-labs/ssr/lib/render-result.js';
import {loadWords} from './load-words.ts';

export interface RenderOptions {
  /** What the page's Content-Security-Policy allows styles by, new for every answer: `style-src 'nonce-…'`. */
  readonly nonce?: string;
}

/**
 * Renders a template of Lit with elements in it, each with a declarative shadow root. Register the elements before:
 * `import 'keystall/define'`. They speak the nearest `lang` that an element around them or they themselves have, else
 * Chinese; plain HTML around them, such as `<html lang>`, is not seen.
 */
export async function renderElements(template: unknown, {nonce}: RenderOptions = {}): Promise<string> {
  if (nonce !== undefined && !/^[\w+/=-]+$/.test(nonce)) {
    throw new TypeError(`renderElements: "nonce" must be base64, as a policy takes it, got ${JSON.stringify(nonce)}.`);
  }
  await loadWords();
  const elementRenderers = [nonce === undefined ? LitElementRenderer : rendererWith(nonce)];
  const rendered = await collectResult(render(template, {elementRenderers}));
  // Lit writes `.checked=${false}` as an attribute, and an attribute counts whatever it says. No text holds a bare quote.
  return rendered.replaceAll(/ (?:checked|selected)="false"/g, '');
}

function rendererWith(nonce: string): typeof LitElementRenderer {
  return class extends LitElementRenderer {
    override renderShadow(info: RenderInfo): ReturnType<LitElementRenderer['renderShadow']> {
      return super.renderShadow(info)?.map(part => (part === '<style>' ? `<style nonce="${nonce}">` : part));
    }
  };
}
