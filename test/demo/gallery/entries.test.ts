import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {before, describe, it} from 'node:test';
import {entryOf, entryTags} from '../../../demo/gallery/elements/index.ts';
import {markupText} from '../../../demo/gallery/markup.ts';
import {elementsOf, tokensOf, type ElementInfo, type Manifest} from '../../../demo/gallery/manifest.ts';
import {createManifest} from '../../../scripts/build/manifest/manifest.mjs';

describe('the gallery', () => {
  let elements: readonly ElementInfo[];

  before(async () => {
    elements = elementsOf((await createManifest()) as Manifest);
  });

  it('has an entry for every element of the manifest, and for no other', () => {
    assert.deepEqual(
      entryTags.toSorted(),
      elements.map(({tagName}) => tagName),
    );
  });

  it('has a sketch of every element', () => {
    const sketches = readFileSync('demo/gallery/sketches.svg', 'utf8');
    assert.deepEqual(
      [...sketches.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id!).toSorted(),
      elements.map(({tagName}) => tagName),
    );
  });

  it('sets only attributes that the element has', () => {
    for (const {tagName, attributes} of elements) {
      const names = attributes.map(({name}) => name);
      for (const [name, state] of Object.entries(entryOf(tagName).states)) {
        for (const attribute of Object.keys(state.attributes ?? {})) {
          assert.ok(names.includes(attribute), `${tagName} has no ${attribute}, which its state ${name} sets`);
        }
      }
    }
  });

  it("puts cards of the page's own only where the element takes them", () => {
    for (const {tagName, slots} of elements) {
      for (const [name, {card}] of Object.entries(entryOf(tagName).states)) {
        if (!card) continue;
        const {tag, attributes} = card('en');
        assert.equal(tag, 'template', name);
        assert.ok(
          slots.some(slot => slot.name === attributes?.['slot']),
          `${tagName} has no slot for the card of its state ${name}`,
        );
        const codes = (['zh-CN', 'zh-TW', 'en'] as const).map(lang => markupText(card(lang)));
        assert.equal(new Set(codes).size, 3, `${tagName} ${name} says the same in every language`);
      }
    }
  });

  it('knows every token that theming.md documents', () => {
    const documented = [...readFileSync('docs/theming.md', 'utf8').matchAll(/^\| `(--ks-[a-z-]+)`/gm)].map(
      ([, name]) => name!,
    );
    const known = tokensOf(elements).map(({name}) => name);
    assert.deepEqual(known.toSorted(), documented.toSorted());
  });

  it('shows an element that nobody wrote about in one state', () => {
    assert.deepEqual(Object.keys(entryOf('ks-tomorrow').states), ['default']);
  });
});
