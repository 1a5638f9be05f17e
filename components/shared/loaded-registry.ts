import type * as Registry from './shop-registry.ts';

let registry: typeof Registry | undefined;
let loading: Promise<typeof Registry> | undefined;

/** The shops of the page and all the code behind them, once that has come: elements are drawn before. */
export const loadedRegistry = (): typeof Registry | undefined => registry;

/** Loads it. Rejects, and reports it, when it did not come; the next call tries again. */
export function loadRegistry(): Promise<typeof Registry> {
  return (loading ??= import('./shop-registry.ts').then(
    module => (registry = module),
    (cause: unknown) => {
      loading = undefined;
      reportError(new Error('Keystall could not load the shop’s code. It tries again.', {cause}));
      throw cause;
    },
  ));
}
