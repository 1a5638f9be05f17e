/**
 * What a buyer has typed in so far, by the places that `FormProblems` names. One per shop and page, so that what was
 * filled in beside a good is there at the checkout. Kept in memory only: accounts and passwords are among it.
 */
export interface FormDraft {
  /** Empty where nothing was typed in. */
  get(place: string): string;
  set(place: string, value: string): void;
}

export function createFormDraft(): FormDraft {
  const values = new Map<string, string>();
  return {
    get: place => values.get(place) ?? '',
    set: (place, value) => void values.set(place, value),
  };
}

/** The place of a good's own field. */
export const fieldPlace = (skuId: string, name: string): string => `${skuId}/${name}`;
