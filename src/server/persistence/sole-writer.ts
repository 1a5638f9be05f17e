import type {Store} from './store.ts';

/**
 * A store whose database is written to by its own transactions alone. The version of the catalogue can have changed only
 * where one has ended since: until then it is not asked for again, for however many answers it is needed for.
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
