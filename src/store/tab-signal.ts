import type {Environment, TabChannel} from './environment.ts';

/** Tells the other tabs that something they share has changed, and hears it from them. Nothing else is said. */
export interface TabSignal {
  tell(): void;
  /** The channel is open only while somebody listens. */
  onTold(listener: () => void): () => void;
}

export function createTabSignal(environment: Environment, name: string): TabSignal {
  const listeners = new Set<() => void>();
  let channel: TabChannel | undefined;
  const open = () =>
    environment.openChannel(name, () => {
      for (const listener of [...listeners]) listener();
    });

  return {
    tell() {
      if (channel) return channel.post();
      const passing = open();
      passing?.post();
      passing?.close();
    },
    onTold(listener) {
      listeners.add(listener);
      channel ??= open();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        channel?.close();
        channel = undefined;
      };
    },
  };
}
