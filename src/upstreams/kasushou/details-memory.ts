/** Answers from memory what was asked before about a good whose row in the list is still the same. */
export interface DetailsMemory {
  remembered(id: string, row: string, ask: () => Promise<unknown>): Promise<unknown>;
}

/** What the row does not show, such as a description, may change under it: believed for so long. */
const lifetimeMs = 6 * 3_600_000;
/** About a hundred megabytes of descriptions; a larger catalogue is asked about anew each time. */
const mostGoods = 20_000;

/**
 * Lists have neither fields nor limits nor descriptions, so every good has to be asked about: once, and again when
 * something about it changed. What was learned stays when a reading is cut off, and the next one goes on from there.
 */
export function createDetailsMemory(now: () => number): DetailsMemory {
  const kept = new Map<string, {readonly row: string; readonly at: number; readonly details: unknown}>();
  return {
    async remembered(id, row, ask) {
      const known = kept.get(id);
      if (known?.row === row && now() - known.at < lifetimeMs) return known.details;
      const details = await ask();
      kept.delete(id);
      if (kept.size < mostGoods) kept.set(id, {row, at: now(), details});
      return details;
    },
  };
}
