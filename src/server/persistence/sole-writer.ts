import type {Store} from './store.ts';

/**
 * The store of a database that no other process writes to. The version of the catalogue can have changed only where a
 * transaction has ended here since: until then it is not asked for again, for however many answers it is needed.
 */
export function ofSoleWriter(store: Store): Store {
  let version: Promise<number> | undefined;

  return {
    ...store,
    async transaction(work) {
      try {
        return await store.transaction(work);
      } finally {
        version = undefined;
      }
    },
    catalogueVersion() {
      const asked = (version ??= store.catalogueVersion());
      asked.catch(() => {
        if (version === asked) version = undefined;
      });
      return asked;
    },
  };
}
