import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import {describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import type {CSSResult, LitElement} from 'lit';
import {createManifest, elementsOf, type ElementDeclaration} from '../../scripts/build/manifest/manifest.mjs';
import {readElementSources, type ElementSources} from '../support/element-sources.ts';

const manifest = await createManifest();
const elements = elementsOf(manifest);
const eventTypes = eventClasses();

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const names = (items: readonly {name: string}[] = []): string[] => sorted(items.map(({name}) => name));

/** Where the class of an element is in the sources. */
const sourceOf = ({module}: ElementDeclaration): string => module.replace('dist/', '').replace(/\.js$/, '.ts');

/** The `type` of the events of each class of components/, from what its constructor hands to `super`. */
function eventClasses(): ReadonlyMap<string, string> {
  const found = globSync('components/**/*.ts').flatMap(path => {
    const text = readFileSync(path, 'utf8');
    return [...text.matchAll(/class (Ks\w+Event) extends \w+(?:<.*>)? \{.*?super\('([\w-]+)'/gs)];
  });
  return new Map(found.map(([, name, type]) => [name!, type!]));
}

async function classOf(element: ElementDeclaration): Promise<typeof LitElement> {
  const module = (await import(pathToFileURL(resolve(sourceOf(element))).href)) as Record<string, typeof LitElement>;
  const elementClass = module[element.name]!;
  // Asked for its attributes, a class gathers its properties and styles.
  assert.ok(elementClass.observedAttributes);
  return elementClass;
}

/** The events an element dispatches itself, and those that bubble up from the elements within it. */
function eventsOf(sources: ElementSources, seen = new Set<string>()): string[] {
  const own = [...sources.events].map(name => eventTypes.get(name) ?? name);
  const inner = [...sources.children].flatMap(tag => {
    const child = elements.find(({tagName}) => tagName === tag);
    if (!child || seen.has(tag)) return [];
    seen.add(tag);
    return eventsOf(readElementSources(sourceOf(child)), seen);
  });
  return sorted([...own, ...inner]);
}

describe('the events', () => {
  const dispatched = globSync('components/**/*.ts').flatMap(path =>
    [...readFileSync(path, 'utf8').matchAll(/dispatchEvent\(\s*new (Ks\w+RequestEvent)/g)].map(([, name]) => name!),
  );

  it('that ask the page are told what came of it, but for those that only show something else', () => {
    // The others go through RequestEvent.ask(), or their promise would never settle.
    assert.deepEqual(sorted(dispatched), [
      'KsOrderRequestEvent',
      'KsProductRequestEvent',
      'KsRedirectRequestEvent',
      'KsSearchRequestEvent',
      'KsTicketRequestEvent',
    ]);
  });

  it('are named after an intent that ends in -request, or a fact in the past tense, or as the browser does', () => {
    const types = elements.flatMap(({events = []}) => names(events));
    assert.deepEqual(
      types.filter(type => !/^(close|ks-[a-z-]+(-request|ed|-paid|-found|-shown|-hidden|-chosen))$/.test(type)),
      [],
    );
  });
});

describe('the custom elements manifest', () => {
  it('holds every element of the storefront, and no part of one', () => {
    const folders = globSync('components/{storefront,console}/*/define.ts').map(path => basename(dirname(path)));
    assert.deepEqual(
      elements.map(({tagName}) => tagName),
      folders.map(name => `ks-${name}`).sort((left, right) => left.localeCompare(right)),
    );
  });

  for (const element of elements) {
    describe(`of <${element.tagName}>`, () => {
      const sources = readElementSources(sourceOf(element));

      it('names the attributes that are observed', async () => {
        const {observedAttributes} = await classOf(element);
        assert.deepEqual(names(element.attributes), sorted(observedAttributes));
      });

      it('names the properties', async () => {
        const elementClass = await classOf(element);
        const reactive = [...elementClass.elementProperties].flatMap(([name, {state}]) =>
          state ? [] : [String(name)],
        );
        const fields = element.members.filter(({kind}) => kind === 'field');
        const accessors = fields.filter(({name}) => !reactive.includes(name));
        assert.deepEqual(names(fields), sorted([...reactive, ...names(accessors)]));
        for (const {name} of accessors) assert.ok(name in elementClass.prototype, name);
      });

      it('names methods that are there', async () => {
        const {prototype} = await classOf(element);
        for (const {name} of element.members.filter(({kind}) => kind === 'method')) {
          assert.equal(typeof prototype[name as keyof LitElement], 'function', name);
        }
      });

      it('names the parts that are rendered in some state', () => {
        assert.deepEqual(names(element.cssParts), sorted(sources.parts));
      });

      it('names the slots', () => {
        assert.deepEqual(names(element.slots), sorted(sources.slots));
      });

      it('names the events', () => {
        const own = sorted([...sources.events].map(name => eventTypes.get(name) ?? name));
        const possible = eventsOf(sources);
        assert.deepEqual(
          own.filter(name => !names(element.events).includes(name)),
          [],
          'dispatched, but not documented',
        );
        assert.deepEqual(
          names(element.events).filter(name => !possible.includes(name)),
          [],
          'documented, but never dispatched',
        );
        for (const {name, type} of element.events ?? []) {
          assert.equal(eventTypes.get(type.text), type.text === 'Event' ? undefined : name, type.text);
        }
      });

      it('names the custom properties that its styles read', async () => {
        const elementClass = await classOf(element);
        const css = elementClass.elementStyles.map(style => (style as CSSResult).cssText).join('\n');
        assert.deepEqual(names(element.cssProperties), sorted(css.match(/--ks-[a-z-]+/g) ?? []));
      });

      it('says what each of them is', () => {
        const {attributes, members, events, slots, cssParts, cssProperties} = element;
        const all = [attributes, members, events, slots, cssParts, cssProperties].flatMap(items => items ?? []);
        assert.deepEqual(names(all.filter(({description}) => !description)), []);
        assert.ok(element.summary && element.description);
      });
    });
  }
});
