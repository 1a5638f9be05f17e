import type {FormDraft} from '../../../src/store/form-draft.ts';
import type {FormProblems} from '../../../src/store/shop.ts';

/**
 * What a buyer types into a form, by the names of its controls, which are places of a draft: so nobody types twice. Knows
 * which problems are out of date.
 */
export class FormEntries {
  readonly #draft: () => FormDraft | undefined;
  /** Changed since the problems were told: the words there are out of date. */
  readonly #edited = new Set<string>();
  #problems: FormProblems | undefined;

  constructor(draft: () => FormDraft | undefined) {
    this.#draft = draft;
  }

  get(place: string): string {
    return this.#draft()?.get(place) ?? '';
  }

  set(place: string, value: string): void {
    this.#draft()?.set(place, value);
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
