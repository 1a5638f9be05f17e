/**
 * How long a platform has been saying that it knows no order of a reference. Right after a lost answer that proves
 * nothing: the order may be on its way into its books.
 */
export interface Absences {
  /** Notes that it was said now. Whether it was said before, so long ago that the reference was never used. */
  isLasting(reference: string): boolean;
  /** The reference is settled. */
  forget(reference: string): void;
}

const mostReferences = 10_000;

/** @param lastingMs longer than the platform can take to write an order down */
export function createAbsences(now: () => number, lastingMs: number): Absences {
  const firstSaid = new Map<string, number>();
  return {
    isLasting(reference) {
      const first = firstSaid.get(reference);
      if (first !== undefined) return now() - first >= lastingMs;
      // The oldest goes: to forget is to wait once more.
      if (firstSaid.size >= mostReferences) firstSaid.delete(firstSaid.keys().next().value!);
      firstSaid.set(reference, now());
      return false;
    },
    forget: reference => void firstSaid.delete(reference),
  };
}
