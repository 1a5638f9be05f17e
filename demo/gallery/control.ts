import type {Described} from './manifest.ts';

/** How a person sets an attribute of some type. */
export type Control =
  | {readonly kind: 'switch'}
  | {readonly kind: 'choice'; readonly values: readonly string[]}
  | {readonly kind: 'number'}
  | {readonly kind: 'text'};

const literal = /'([^']*)'/g;

/** The control that fits the type of an attribute, as the manifest writes types. */
export function controlFor({type}: Pick<Described, 'type'>): Control {
  const text = type.replace(/\s*\|\s*(undefined|null)$/, '').trim();
  if (text === 'boolean') return {kind: 'switch'};
  if (text === 'number') return {kind: 'number'};
  const values = [...text.matchAll(literal)].map(([, value = '']) => value);
  if (values.length > 0 && text.replaceAll(literal, '').replaceAll('|', '').trim() === '') {
    return {kind: 'choice', values};
  }
  return {kind: 'text'};
}

/** What an attribute is without being set, as a person would write it; empty where that is nothing. */
export function usualValue({default: value = ''}: Described): string {
  return value === 'undefined' || value === 'false' ? '' : value.replace(/^'(.*)'$/, '$1');
}
