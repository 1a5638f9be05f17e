import type {Environment} from './environment.ts';
import {takeReturn} from './return-mark.ts';

/** The browser's own means, looked up at each use: importing touches nothing, and Node has most of them, too. */
export function browserEnvironment(): Environment {
  return {
    now: Date.now,
    random: Math.random,
    // `randomUUID` is missing on plain-HTTP pages.
    newId: () => [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(36)).join('-'),
    after(delay, task) {
      const timer = setTimeout(task, delay);
      return () => {
        clearTimeout(timer);
      };
    },
    get storage() {
      return attempt(() => globalThis.localStorage);
    },
    get indexedDB() {
      return attempt(() => globalThis.indexedDB);
    },
    openChannel: (name, listener) =>
      attempt(() => {
        const open = () => {
          const channel = new BroadcastChannel(name);
          channel.onmessage = listener;
          // In Node an open channel would keep the process alive.
          (channel as {unref?: () => void}).unref?.();
          return channel;
        };
        let channel: BroadcastChannel | undefined = open();
        const life = new AbortController();
        const {signal} = life;
        const close = () => {
          channel?.close();
          channel = undefined;
        };
        // A message would cost a page its place in the back/forward cache; `onAwake` makes up for those it misses there.
        globalThis.addEventListener?.('pagehide', close, {signal});
        globalThis.addEventListener?.('pageshow', () => (channel ??= attempt(open)), {signal});
        return {
          post() {
            channel?.postMessage(null);
          },
          close() {
            life.abort();
            close();
          },
        };
      }),
    onStored(listener) {
      const listening = new AbortController();
      globalThis.addEventListener?.('storage', listener, {signal: listening.signal});
      return () => {
        listening.abort();
      };
    },
    takeReturn,
    onAwake(listener) {
      const awake = new AbortController();
      const {signal} = awake;
      const ifVisible = (wasAway?: boolean) => {
        if (!signal.aborted && globalThis.document?.visibilityState !== 'hidden') listener(wasAway);
      };
      for (const type of ['visibilitychange', 'online']) {
        globalThis.addEventListener?.(type, () => ifVisible(), {signal});
      }
      globalThis.addEventListener?.(
        'pageshow',
        ({persisted}) => {
          ifVisible(persisted);
          // What other pages stored meanwhile can reach such a page a moment later, and no event tells of it.
          if (persisted) setTimeout(ifVisible, cacheLag, true);
        },
        {signal},
      );
      return () => {
        awake.abort();
      };
    },
  };
}

/** Milliseconds until a page from the back/forward cache sees what was stored while it lay there. */
const cacheLag = 1_000;

/** Storage that is blocked throws where it is touched, not where it is used. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
