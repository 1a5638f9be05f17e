import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  directions,
  languages,
  panels,
  readSettings,
  spokenLanguages,
  themes,
  usualSettings,
  widths,
  writeSettings,
  zooms,
} from '../../../demo/gallery/settings.ts';

const name = fc.stringMatching(/^[a-z][a-z-]{0,12}$/);
const settings = fc.record({
  ui: fc.constantFrom(...spokenLanguages),
  element: fc.string(),
  state: fc.string(),
  lang: fc.constantFrom(...languages),
  dir: fc.constantFrom(...directions),
  theme: fc.constantFrom(...themes),
  width: fc.constantFrom(...widths),
  zoom: fc.constantFrom(...zooms),
  panel: fc.constantFrom(...panels),
  attributes: fc.dictionary(name, fc.option(fc.string())),
  tokens: fc.dictionary(name, fc.string()),
  slot: fc.string(),
});

describe('the address of the gallery', () => {
  it('says everything that the gallery shows', () => {
    fc.assert(
      fc.property(settings, given => {
        assert.deepEqual(plain(readSettings(writeSettings(given))), plain(given));
      }),
    );
  });

  it('leaves out what is as usual', () => {
    assert.equal(writeSettings(usualSettings), '?');
  });

  it('passes over what it does not know', () => {
    assert.deepEqual(readSettings('?theme=purple&width=12&nonsense=1'), usualSettings);
  });

  it('tells an attribute that is taken away from one that is not set', () => {
    assert.deepEqual(readSettings('?without.open=&attr.limit=8').attributes, {limit: '8', open: null});
  });
});

/** fast-check's records have no prototype, and text that is half a character cannot stand in an address. */
const plain = (value: object): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .toWellFormed()
      .replace(/\\ud[89a-f]../gi, '\\ufffd'),
  );
