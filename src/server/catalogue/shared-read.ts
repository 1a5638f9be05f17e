/**
 * Reads once for everybody who asks while another reading is under way. Nobody is told what was read before they asked:
 * they wait for the next one, which begins when this one has ended.
 */
export function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () =>
    (next ??= underWay.then(() => {
      next = undefined;
      const reading = read();
      underWay = reading.catch(() => undefined);
      return reading;
    }));
}
