/**
 * The order a shop shows its goods in unless somebody asks for another: the categories take turns, each giving its goods
 * in the platform's order. A platform lists category after category; shown like that, a first page would hold a dozen
 * denominations of one card.
 */
export interface FeaturedOrder {
  /** The place of the next good of a category. */
  place(categoryId: string): number;
  /** How many goods each category has had so far, in the order in which they came up: to go on from. */
  turns(): Readonly<Record<string, number>>;
}

/** Categories that keep their order within one turn; places are whole numbers of 32 bits. */
const categoriesInOrder = 4096;
const lastTurn = 500_000;
/** Behind everything whose place is known, until the whole catalogue is read again. */
export const placeAtTheEnd = (lastTurn + 1) * categoriesInOrder;

export function featuredOrder(turns: Readonly<Record<string, number>> = {}): FeaturedOrder {
  const categories = new Map(Object.entries(turns).map(([id, turn], index) => [id, {index, turn}]));
  return {
    place(categoryId) {
      const {index, turn} = categories.get(categoryId) ?? {index: categories.size, turn: 0};
      categories.set(categoryId, {index, turn: turn + 1});
      return Math.min(turn, lastTurn) * categoriesInOrder + Math.min(index, categoriesInOrder - 1);
    },
    turns: () => Object.fromEntries([...categories].map(([id, {turn}]) => [id, turn])),
  };
}
