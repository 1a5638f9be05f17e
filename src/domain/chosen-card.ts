/*
 * A card that a buyer chose (预选卡密) is bought as a SKU of its own: its id is the SKU's, a tilde, and the card's. So a
 * cart holds it beside pieces of the same SKU that nobody chose, and a form, a quote or an order can name it.
 */

export function chosenCardSku(skuId: string, cardId: string): string {
  return `${skuId}~${cardId}`;
}

export function isChosenCard(skuId: string): boolean {
  return skuId.includes('~');
}

/** The SKU that an id is about, and the card of it that was chosen, if any was. */
export function readSkuId(id: string): {readonly skuId: string; readonly cardId?: string} {
  const at = id.indexOf('~');
  return at < 0 ? {skuId: id} : {skuId: id.slice(0, at), cardId: id.slice(at + 1)};
}
