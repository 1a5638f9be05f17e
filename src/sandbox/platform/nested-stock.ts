import type {PlatformSnapshot} from './platform-state.ts';

/** What the next shop's stock of nested goods was when it was last asked, by good and by choice. */
export class NestedStock {
  readonly #counts: Record<string, Record<string, number>>;

  constructor(counts: PlatformSnapshot['nestedStock']) {
    this.#counts = structuredClone(counts);
  }

  of(goodId: number): Readonly<Record<string, number>> | undefined {
    return this.#counts[goodId];
  }

  remember(goodId: number, key: string, count: number): number {
    this.#counts[goodId] = {...this.#counts[goodId], [key]: count};
    return count;
  }

  all(): PlatformSnapshot['nestedStock'] {
    return structuredClone(this.#counts);
  }
}
