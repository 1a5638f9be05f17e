import type {ProductSummary} from '../../../src/contract/product.ts';

/** What a search offers beneath its field. */
export type Suggestion =
  | {readonly kind: 'recent'; readonly q: string}
  | {readonly kind: 'product'; readonly product: ProductSummary}
  | {readonly kind: 'all'; readonly q: string; readonly total: number};

/** What choosing a suggestion searches for. */
export function searchedBy(suggestion: Suggestion): string {
  return suggestion.kind === 'product' ? suggestion.product.title : suggestion.q;
}

/** The neighbour of a suggestion in a circle that leads through the field itself, which is -1. */
export function neighbour(active: number, step: 1 | -1, count: number): number {
  const places = count + 1;
  return ((active + 1 + step + places) % places) - 1;
}

/** A title in parts, of which those that were typed are marked. */
export function markedParts(title: string, q: string): readonly {readonly text: string; readonly isMarked: boolean}[] {
  const words = q
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return [{text: title, isMarked: false}];
  return title
    .split(new RegExp(`(${words.join('|')})`, 'iu'))
    .map((text, index) => ({text, isMarked: index % 2 === 1}))
    .filter(({text}) => text !== '');
}
