import {html, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {ProductSummary} from '../../../src/contract/product.ts';
import {KsProductRequestEvent} from '../../shared/events/ks-product-request.ts';
import {formatMoney} from '../../shared/format.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {BrowseWords} from '../languages/word-packs.ts';
import {productAddress} from '../product-card/product-address.ts';

/** What a merchant's card is filled in with, beside the good itself. */
interface CardSurroundings {
  readonly words: Words<BrowseWords>;
  /** Origin of the shop server, for pictures. */
  readonly shop: string;
  /** The grid's `product-href`. */
  readonly productHref: string | undefined;
}

type Grid = ReactiveControllerHost & HTMLElement & {readonly productHref: string | undefined};

type Text = 'title' | 'categoryName' | 'stock' | 'delivery' | 'minimum' | 'id';
type Condition = 'cover' | 'inStock' | 'soldOut' | 'official' | 'priceVaries' | 'choose';

const texts: Readonly<Record<Text, (good: ProductSummary, words: CardSurroundings['words']) => string>> = {
  title: ({title}) => title,
  categoryName: ({categoryName}) => categoryName,
  stock: ({stock}, words) => words['product-card'][stock],
  delivery: ({delivery}, words) => words['product-card'][delivery],
  minimum: ({minimum}) => String(minimum),
  id: ({id}) => id,
};

const conditions: Readonly<Record<Condition, (good: ProductSummary) => boolean>> = {
  cover: ({cover}) => cover !== undefined,
  inStock: ({stock}) => stock === 'in_stock' || stock === 'low',
  soldOut: ({stock}) => stock === 'sold_out',
  official: ({official}) => official === true,
  priceVaries: ({priceVaries}) => priceVaries,
  choose: ({skuId}) => skuId === undefined,
};

/**
 * Cards drawn from a `<template slot="card">` of the merchant's. They are children of the grid, in the page's own tree,
 * so that the page's style sheets apply; a slot in the list's item shows each in its place. Only texts, addresses and
 * the presence of elements are filled in: nothing of a good is ever read as markup.
 */
export class CardTemplate implements ReactiveController {
  readonly #host: Grid;
  readonly #template: HTMLTemplateElement;
  #surroundings: CardSurroundings | undefined;
  readonly #cards = new Map<string, Card>();
  #drawn = new Map<string, ProductSummary>();

  constructor(host: Grid, template: HTMLTemplateElement) {
    this.#host = host;
    this.#template = template;
    host.addController(this);
  }

  /** To be called at the beginning of each drawing. */
  begin(words: CardSurroundings['words'], shop = ''): void {
    this.#drawn = new Map();
    this.#surroundings = {words, shop, productHref: this.#host.productHref};
  }

  /** The place of a good's card in the list. */
  place(good: ProductSummary): TemplateResult {
    this.#drawn.set(good.id, good);
    return html`<slot name="card-${good.id}"></slot>`;
  }

  hostUpdated(): void {
    const surroundings = this.#surroundings;
    if (!surroundings) return;
    for (const [id, card] of this.#cards) {
      if (this.#drawn.has(id)) continue;
      card.root.remove();
      this.#cards.delete(id);
    }
    for (const [id, good] of this.#drawn) {
      let card = this.#cards.get(id);
      if (!card) {
        card = new Card(this.#template, id);
        this.#cards.set(id, card);
      }
      card.fill(good, surroundings);
      if (card.root.parentNode !== this.#host) this.#host.append(card.root);
    }
  }
}

class Card {
  readonly root = document.createElement('div');
  /** What is there on a condition, and what keeps its place while it is not. */
  readonly #conditional: {readonly element: Element; readonly place: Comment; readonly says: string}[] = [];
  readonly #bound: {readonly element: Element; readonly name: string; readonly value: string}[] = [];

  constructor(template: HTMLTemplateElement, id: string) {
    const {root} = this;
    root.slot = `card-${id}`;
    root.className = 'ks-card';
    root.style.setProperty('block-size', '100%');
    root.append(document.importNode(template.content, true));
    for (const element of root.querySelectorAll('*')) {
      for (const name of ['text', 'price', 'src', 'href', 'command'] as const) {
        const value = element.getAttribute(`data-ks-${name}`);
        if (value !== null) this.#bound.push({element, name, value});
      }
      const says = element.getAttribute('data-ks-if');
      if (says !== null) this.#conditional.push({element, says, place: document.createComment(says)});
    }
  }

  fill(good: ProductSummary, surroundings: CardSurroundings): void {
    for (const {element, name, value} of this.#bound) bind(element, name, value, good, surroundings);
    for (const {element, place, says} of this.#conditional) {
      const [from, to] = holds(says, good) ? [place, element] : [element, place];
      if (from.parentNode) from.replaceWith(to);
    }
  }
}

function bind(
  element: Element,
  name: string,
  value: string,
  good: ProductSummary,
  {words, shop, productHref}: CardSurroundings,
): void {
  switch (name) {
    case 'text':
      return setText(element, known(texts, value, 'data-ks-text')?.(good, words) ?? '');
    case 'price':
      return setText(element, formatMoney(good.price, words.lang));
    case 'src':
      if (element instanceof HTMLImageElement) setOrRemove(element, 'src', pictureAddress(good, shop));
      return;
    case 'href':
      if (!(element instanceof HTMLAnchorElement)) return;
      setOrRemove(element, 'href', productAddress(value || productHref, good.id, element.baseURI));
      element.onclick = event => ask(event, good.id, element);
      return;
    case 'command':
      element.setAttribute('data-ks-product', good.id);
      if (element instanceof HTMLButtonElement && value === 'add') element.disabled = good.stock === 'sold_out';
  }
}

function pictureAddress({cover}: ProductSummary, shop: string): string | undefined {
  try {
    const {protocol, href} = new URL(cover ?? '', shop);
    return cover !== undefined && /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** The page may keep the buyer, as with the shop's own cards; a new tab is the browser's business. */
function ask(event: MouseEvent, id: string, {href}: HTMLAnchorElement): void {
  if (!href || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const request = new KsProductRequestEvent(id, href);
  if (!(event.currentTarget as Element).dispatchEvent(request)) event.preventDefault();
}

function holds(says: string, good: ProductSummary): boolean {
  const isNot = says.startsWith('!');
  const condition = known(conditions, isNot ? says.slice(1) : says, 'data-ks-if');
  return condition !== undefined && condition(good) !== isNot;
}

const reported = new Set<string>();

/** A name that nobody knows is told to whoever wrote the page, once. */
function known<T>(names: Readonly<Record<string, T>>, name: string, attribute: string): T | undefined {
  if (Object.hasOwn(names, name)) return names[name];
  const message = `A card's template says ${attribute}=${JSON.stringify(name)}. There are: ${Object.keys(names).join(', ')}.`;
  if (!reported.has(message)) reportError(new TypeError(message));
  reported.add(message);
  return undefined;
}

/** Only what differs is touched: a reader's place in it stays. */
function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function setOrRemove(element: Element, name: 'src' | 'href', value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
