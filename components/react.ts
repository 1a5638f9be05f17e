/**
 * Teaches TypeScript the elements' tags in JSX, for React 19: their properties, attributes and events.
 *
 *     import type {} from 'keystall/react';
 *     <ks-product-grid category="game-cards" onks-added={({line}) => toast(line.title)} />
 *
 * Nothing is listed here: the types follow `HTMLElementTagNameMap` and `HTMLElementEventMap`, which every element and
 * every event enters itself in. React 19 sets what an element has as a property and writes the rest as an attribute;
 * `onks-added` listens to `ks-added`.
 */
import type {DetailedHTMLProps, HTMLAttributes} from 'react';
import type {WordedElement} from './shared/words/worded-element.ts';
import type {} from './storefront/index.ts';

type Tag = keyof HTMLElementTagNameMap & `ks-${string}`;

/** What an element adds to those that all have; `lang` is every element's, and some have one of their own. */
type OwnName<E> = Exclude<keyof E, keyof WordedElement<never>>;

type Method = (...values: never[]) => unknown;

type Properties<E> = {[Name in OwnName<E> as E[Name] extends Method ? never : Name]?: E[Name] | undefined};

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Lowercase<First>}${Kebab<Rest>}`
    : `${Lowercase<First>}-${Kebab<Rest>}`
  : Name;

/** `product-id` for `productId`, where the value can be written as text. */
type Attributes<E> = {
  [Name in OwnName<E> & string as E[Name] extends string | number | boolean | undefined ? Kebab<Name> : never]?:
    E[Name] | undefined;
};

/** They bubble, so that any element may listen to those from within it. */
type Events = {
  [Name in keyof HTMLElementEventMap & `ks-${string}` as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void;
};

/** The elements of the storefront as JSX knows them. */
export type KeystallElements = {
  [Name in Tag]: DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[Name]>, HTMLElementTagNameMap[Name]> &
    Properties<HTMLElementTagNameMap[Name]> &
    Attributes<HTMLElementTagNameMap[Name]> &
    Events;
};

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- JSX types live in one.
  namespace JSX {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type
    interface IntrinsicElements extends KeystallElements {}
  }
}
