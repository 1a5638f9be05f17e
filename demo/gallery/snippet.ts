/** What a page would write to show what is on the stage. */
export interface Shown {
  readonly tagName: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Words within it. */
  readonly text: string;
  /** Tags within it. */
  readonly children: readonly string[];
  /** Attributes of the `<ks-shop>` around it, where it needs one. */
  readonly shop: Readonly<Record<string, string>>;
}

/** `true` for one that is simply there. */
export type AttributeValue = string | number | true;

export const snippetKinds = ['html', 'react', 'vue'] as const;
export type SnippetKind = (typeof snippetKinds)[number];

export function snippetOf(kind: SnippetKind, shown: Shown): string {
  switch (kind) {
    case 'html':
      return `<script type="module" src="https://shop.example/cdn/keystall.js"></script>\n\n${markup(shown, htmlAttribute)}\n`;
    case 'react':
      return `import 'keystall/define';
import type {} from 'keystall/react';

export function Storefront() {
  return (
${indented(markup(shown, jsxAttribute, jsxText), 4)}
  );
}
`;
    case 'vue':
      return `<script setup>
import 'keystall/define';
</script>

<template>
${indented(markup(shown, vueAttribute, vueText), 2)}
</template>
`;
  }
}

type WriteAttribute = (name: string, value: AttributeValue) => string;

function markup(
  {tagName, attributes, text, children, shop}: Shown,
  write: WriteAttribute,
  writeText: (text: string) => string = escapedText,
): string {
  const inner = text === '' ? children.map(child => `<${child}></${child}>`) : [writeText(text)];
  const element = tag(tagName, attributes, inner, write);
  return Object.keys(shop).length > 0 ? tag('ks-shop', shop, [element], write) : element;
}

function tag(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inner: readonly string[],
  write: WriteAttribute,
): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${write(attribute, value)}`);
  const open = `<${name}${written.join('')}>`;
  return inner.length === 0 ? `${open}</${name}>` : `${open}\n${indented(inner.join('\n'), 2)}\n</${name}>`;
}

const htmlAttribute: WriteAttribute = (name, value) =>
  value === true ? name : `${name}="${String(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

/** Nothing ends a JSX string but its quote, not even one behind a backslash. */
const jsxAttribute: WriteAttribute = (name, value) => {
  if (value === true) return name;
  return typeof value === 'string' && !/["&\n]/.test(value)
    ? `${name}="${value}"`
    : `${name}={${JSON.stringify(value)}}`;
};

/** Vue sets a property where the element has one, and leaves a text a text. */
const vueAttribute: WriteAttribute = (name, value) =>
  typeof value === 'string' ? htmlAttribute(name, value) : `:${name}="${value}"`;

const escapedText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const jsxText = (text: string): string => `{${JSON.stringify(text)}}`;

/** Two braces begin an expression there. */
const vueText = (text: string): string => escapedText(text).replaceAll('{{', '&#123;&#123;');

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map(line => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
