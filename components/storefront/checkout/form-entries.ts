import type {FormProblems} from '../../../src/store/shop.ts';

/**
 * What a buyer typed in, by the places that `FormProblems` names: `contact`, `method`, `SKU id/field name`. Kept over
 * the steps of the checkout, so that nobody types twice.
 */
export class FormEntries {
  readonly #values = new Map<string, string>();
  /** Changed since the problems were told: the words there are out of date. */
  readonly #edited = new Set<string>();
  #problems: FormProblems | undefined;

  get(place: string): string {
    return this.#values.get(place) ?? '';
  }

  set(place: string, value: string): void {
    this.#values.set(place, value);
    this.#edited.add(place);
  }

  /** Takes what an `input` event says; controls are named by their place. */
  take({target}: Event): void {
    if (!(target instanceof HTMLElement && 'name' in target && 'value' in target)) return;
    const isOff = target instanceof HTMLInputElement && target.type === 'checkbox' && !target.checked;
    const place = String(target.name);
    this.set(place, isOff ? '' : String(target.value));
  }

  /** The problems that nobody has done anything about. Each answer of the checkout begins anew. */
  unanswered(problems: FormProblems): FormProblems {
    if (problems !== this.#problems) this.#edited.clear();
    this.#problems = problems;
    return Object.fromEntries(Object.entries(problems).filter(([place]) => !this.#edited.has(place)));
  }
}
