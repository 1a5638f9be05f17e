import type {Readable} from './readable.ts';
import type {Loaded} from './shop.ts';

/** The data as soon as they are known, from an earlier look if there was one. Rejects when they cannot be loaded. */
export function whenReady<T>(readable: Readable<Loaded<T>>): Promise<T> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const stop = readable.subscribe(look);
    look();

    function look(): void {
      const {value} = readable;
      if (isSettled || value.status === 'loading') return;
      isSettled = true;
      if (value.status === 'ready') resolve(value.data);
      else reject(value.error);
      // Not before it is known how.
      queueMicrotask(() => stop());
    }
  });
}
