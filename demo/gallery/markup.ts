/** An element as a page writes it: for the stage a tree, for the code a text. Only a `<template>` keeps its inside aside. */
export interface Markup {
  readonly tag: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly inside?: string | readonly Markup[];
}

/** Nothing of it is parsed: the stage lets no text become markup. */
export function markupTree({tag, attributes = {}, inside = []}: Markup): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const place = element instanceof HTMLTemplateElement ? element.content : element;
  place.append(...(typeof inside === 'string' ? [inside] : inside.map(markupTree)));
  return element;
}

const withoutEnd = new Set(['img']);

export function markupText({tag, attributes = {}, inside = []}: Markup): string {
  const written = Object.entries(attributes).map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`,
  );
  const open = `<${tag}${written.join('')}>`;
  if (withoutEnd.has(tag)) return open;
  if (typeof inside === 'string') return `${open}${escaped(inside)}</${tag}>`;
  if (inside.length === 0) return `${open}</${tag}>`;
  const lines = inside.flatMap(each => markupText(each).split('\n'));
  return [open, ...lines.map(line => `  ${line}`), `</${tag}>`].join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
