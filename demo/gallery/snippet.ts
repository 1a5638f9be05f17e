/** What a page would write to show what is on the stage. */
export interface Shown {
  readonly tagName: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Words within it. */
  readonly text: string;
  /** Tags within it. */
  readonly children: readonly string[];
  /** HTML within it, where there are no words: what a framework has to hand over as it is. */
  readonly inside: string;
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
${insideOf(shown) === '' ? '' : `\nconst inside = \`${inLiteral(shown.inside)}\`;\n`}
export function Storefront() {
  return (
${indented(markup(shown, jsxAttribute, jsxText, 'dangerouslySetInnerHTML={{__html: inside}}'), 4)}
  );
}
`;
    case 'vue':
      return `<script setup>
import 'keystall/define';
${insideOf(shown) === '' ? '' : `\nconst inside = \`${inLiteral(shown.inside)}\`;\n`}</script>

<template>
${indented(markup(shown, vueAttribute, vueText, 'v-html="inside"'), 2)}
</template>
`;
  }
}

type WriteAttribute = (name: string, value: AttributeValue) => string;

function markup(
  shown: Shown,
  write: WriteAttribute,
  writeText: (text: string) => string = escapedText,
  inside?: string,
): string {
  const {tagName, attributes, text, children, shop} = shown;
  const html = insideOf(shown);
  const inner = text === '' ? children.map(child => `<${child}></${child}>`) : [writeText(text)];
  if (html !== '' && inside === undefined) inner.push(html);
  const element = tag(tagName, attributes, inner, write, html === '' ? undefined : inside);
  return Object.keys(shop).length > 0 ? tag('ks-shop', shop, [element], write) : element;
}

function tag(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inner: readonly string[],
  write: WriteAttribute,
  /** An attribute as it is. */
  more?: string,
): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${write(attribute, value)}`);
  if (more !== undefined) written.push(` ${more}`);
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

const insideOf = ({text, inside}: Shown): string => (text === '' ? inside : '');

/** What a template literal would read as its end or as an expression. */
const inLiteral = (text: string): string => text.replace(/[\\`]|\$(?=\{)/g, '\\$&');

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map(line => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
