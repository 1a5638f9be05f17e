import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {describe, it} from 'node:test';
import {editorFiles} from '../../scripts/build/manifest/editor-files.mjs';
import {elementDocuments} from '../../scripts/build/manifest/element-documents.mjs';
import {llmsText} from '../../scripts/build/manifest/llms.mjs';
import {createManifest, elementsOf} from '../../scripts/build/manifest/manifest.mjs';

const manifest = (await createManifest()) as Parameters<typeof elementsOf>[0];
const tags = elementsOf(manifest).map(({tagName}) => tagName);

interface Named {
  readonly name: string;
}

describe('docs/elements', () => {
  it('is what "npm run docs" writes from the sources as they are', async () => {
    const written = await elementDocuments(manifest);
    const present = globSync('docs/elements/*').map(path => [basename(path), readFileSync(path, 'utf8')]);
    assert.deepEqual(Object.fromEntries(present), written, 'run "npm run docs"');
  });
});

describe('what editors and assistants read', () => {
  const files = editorFiles(manifest) as {
    'vscode.html-custom-data.json': {tags: (Named & {attributes: Named[]})[]};
    'vscode.css-custom-data.json': {properties: Named[]; pseudoElements: Named[]};
    'web-types.json': {contributions: {html: {elements: (Named & {attributes: Named[]; events: Named[]})[]}}};
  };

  it('knows every element and attribute, in VS Code and in JetBrains’ editors', () => {
    const expected = elementsOf(manifest).map(({tagName, attributes = []}) => [
      tagName,
      attributes.map(({name}) => name),
    ]);
    const known = (elements: (Named & {attributes: Named[]})[]) =>
      elements
        .map(({name, attributes}) => [name, attributes.map(attribute => attribute.name)] as const)
        .sort(([left], [right]) => left.localeCompare(right));
    assert.deepEqual(known(files['vscode.html-custom-data.json'].tags), expected);
    assert.deepEqual(known(files['web-types.json'].contributions.html.elements), expected);
  });

  it('names each token and each part once', () => {
    const {properties, pseudoElements} = files['vscode.css-custom-data.json'];
    const repeated = (items: Named[]) =>
      items.filter(({name}, index) => items.findIndex(other => other.name === name) < index);
    assert.deepEqual([...repeated(properties), ...repeated(pseudoElements)], []);
    assert.ok(properties.some(({name}) => name === '--ks-accent'));
    assert.ok(pseudoElements.some(({name}) => name === '::part(add)'));
  });

  it('tells an assistant of every element, in less than a few thousand words', () => {
    const text = llmsText(manifest);
    assert.deepEqual(
      tags.filter(tag => !text.includes(`### <${tag}>`)),
      [],
    );
    assert.ok(text.length < 60_000, `${text.length} characters`);
    assert.ok(!text.includes('undefined'), 'nothing is missing in it');
  });
});
