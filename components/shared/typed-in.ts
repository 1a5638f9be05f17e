type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A field by its place among the others, for the element draws the same ones, and what a reader made of it. */
interface Touched {
  readonly place: number;
  readonly state: {readonly value: string} | {readonly checked: boolean};
}

/**
 * What a reader typed, ticked or chose before there was an element to hear of it: answers what tells the element, as if
 * it were done then.
 */
export function typedIn(root: ShadowRoot): ((root: ShadowRoot) => void) | undefined {
  const touched = fieldsIn(root).flatMap((field, place): Touched[] => {
    const state = touchedState(field);
    return state ? [{place, state}] : [];
  });
  if (touched.length === 0) return undefined;
  return now => {
    const drawn = fieldsIn(now);
    for (const {place, state} of touched) {
      const field = drawn[place];
      if (!field) continue;
      Object.assign(field, state);
      field.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
      field.dispatchEvent(new Event('change', {bubbles: true}));
    }
  };
}

const fieldsIn = (root: ShadowRoot): Field[] => [...root.querySelectorAll<Field>('input, select, textarea')];

/** Undefined where the field is as the server wrote it. */
function touchedState(field: Field): Touched['state'] | undefined {
  if (field instanceof HTMLSelectElement) {
    const served = [...field.options].findIndex(({defaultSelected}) => defaultSelected);
    return field.selectedIndex === Math.max(0, served) ? undefined : {value: field.value};
  }
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
    // Of radio buttons, the one that was chosen says enough.
    const isAsServed = field.checked === field.defaultChecked || (field.type === 'radio' && !field.checked);
    return isAsServed ? undefined : {checked: field.checked};
  }
  return field.value === field.defaultValue ? undefined : {value: field.value};
}
