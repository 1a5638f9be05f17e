/**
 * What a buyer has typed in so far, by the places that `FormProblems` names. One per shop and page, so that what was
 * filled in beside a good is there at the checkout. Kept in memory only: accounts and passwords are among it.
 */
export interface FormDraft {
  /** Empty where nothing was typed in. */
  get(place: string): string;
  set(place: string, value: string): void;
  /** These goods were paid for: what was filled in for them, and the lookup password, is needed no more. */
  forget(skuIds: readonly string[]): void;
}

export function createFormDraft(): FormDraft {
  const values = new Map<string, string>();
  return {
    get: place => values.get(place) ?? '',
    set: (place, value) => void values.set(place, value),
    forget(skuIds) {
      for (const place of [...values.keys()]) {
        if (place === 'lookupPassword' || skuIds.some(skuId => place.startsWith(fieldPlace(skuId, ''))))
          values.delete(place);
      }
    },
  };
}

/** The place of a good's own field. */
export const fieldPlace = (skuId: string, name: string): string => `${skuId}/${name}`;
