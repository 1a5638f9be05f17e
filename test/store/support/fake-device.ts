import {IDBFactory} from 'fake-indexeddb';
import type {Environment} from '../../../src/store/environment.ts';

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/**
 * One buyer's device: a clock that stands still, and what all tabs of one origin share. `tab()` opens a tab on it; a tab
 * that is closed hears nothing more and its timers never fire, as after a reload or a crash.
 */
export class FakeDevice {
  time = Date.parse('2026-01-01T00:00:00.000Z');
  readonly stored = new Map<string, string>();
  indexedDB: IDBFactory | undefined = new IDBFactory();
  storageFails = false;
  /** What the address of the next page carries. */
  returnCode: string | undefined;
  private ids = 0;
  private readonly timers = new Set<Timer>();
  private readonly awake = new Set<(wasAway?: boolean) => void>();
  private readonly channels = new Set<{readonly name: string; readonly listener: () => void}>();

  /** @param lags the tab does not see what others write to the storage, until it catches up: Chromium's tabs do lag. */
  tab({lags = false}: {readonly lags?: boolean} = {}): Tab {
    const closers = new Set<() => void>();
    let seen = lags ? new Map(this.stored) : undefined;
    const stored = new Set<() => void>();
    const storage = () => this.storage(seen);
    const indexedDB = () => this.indexedDB;
    const own = <T>(set: Set<T>, entry: T): (() => void) => {
      set.add(entry);
      const close = () => {
        set.delete(entry);
        closers.delete(close);
      };
      closers.add(close);
      return close;
    };
    const environment: Environment = {
      now: () => this.time,
      random: () => 0.5,
      newId: () => `id-${++this.ids}`,
      after: (delay, task) => own(this.timers, {at: this.time + delay, task}),
      get storage() {
        return storage();
      },
      get indexedDB() {
        return indexedDB();
      },
      openChannel: (name, listener) => {
        const entry = {name, listener};
        const close = own(this.channels, entry);
        return {
          post: () => {
            const others = [...this.channels].filter(other => other.name === name && other !== entry);
            // A message arrives later, never while it is being sent.
            for (const other of others) setImmediate(() => this.channels.has(other) && other.listener());
          },
          close,
        };
      },
      onStored: listener => own(stored, listener),
      onAwake: listener => own(this.awake, listener),
      takeReturn: () => {
        const {returnCode} = this;
        this.returnCode = undefined;
        return returnCode;
      },
    };
    return {
      environment,
      catchUp: () => {
        seen = undefined;
        for (const listener of [...stored]) listener();
      },
      crash: () => {
        for (const close of [...closers]) close();
      },
    };
  }

  /** Everything that still waits: timers, listeners, open channels. */
  get leftovers(): number {
    return this.timers.size + this.awake.size + this.channels.size;
  }

  get nextTimer(): number | undefined {
    return this.timers.size === 0 ? undefined : Math.min(...[...this.timers].map(({at}) => at)) - this.time;
  }

  /** Moves the clock on, timer by timer; what they set off runs in between. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    await turns();
    for (;;) {
      const due = [...this.timers].filter(({at}) => at <= until).sort((left, right) => left.at - right.at)[0];
      if (!due) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.task();
      await turns();
    }
    this.time = until;
  }

  wakeUp(wasAway?: boolean): void {
    for (const listener of [...this.awake]) listener(wasAway);
  }

  private storage(seen: Map<string, string> | undefined) {
    const {stored} = this;
    const check = () => {
      if (this.storageFails) throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    return {
      getItem(key: string) {
        check();
        return (seen ?? stored).get(key) ?? null;
      },
      setItem(key: string, value: string) {
        check();
        stored.set(key, value);
        seen?.set(key, value);
      },
    };
  }
}

export interface Tab {
  readonly environment: Environment;
  /** From now on sees what all tabs write. */
  catchUp(): void;
  crash(): void;
}

/** Lets everything that is ready run: promises, streams and the fake database, which takes a turn per step. */
export async function turns(count = 40): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>(resolve => setImmediate(resolve));
}
